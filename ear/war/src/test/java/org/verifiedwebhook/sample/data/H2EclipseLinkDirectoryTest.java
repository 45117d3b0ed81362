package org.verifiedwebhook.sample.data;

import org.verifiedwebhook.jpa.TestStore;

class H2EclipseLinkDirectoryTest extends VoiceDirectoryContract {

    @Override
    TestStore open() {
        return TestStore.h2(ECLIPSELINK);
    }
}
