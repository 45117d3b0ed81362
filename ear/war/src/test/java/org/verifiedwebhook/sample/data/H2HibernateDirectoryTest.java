package org.verifiedwebhook.sample.data;

import org.verifiedwebhook.jpa.TestStore;

class H2HibernateDirectoryTest extends VoiceDirectoryContract {

    @Override
    TestStore open() {
        return TestStore.h2(HIBERNATE);
    }
}
