package org.verifiedwebhook.sample.data;

import org.verifiedwebhook.jpa.TestStore;

class PostgreSqlEclipseLinkDirectoryTest extends VoiceDirectoryContract {

    @Override
    TestStore open() {
        return TestStore.postgresql(ECLIPSELINK);
    }
}
