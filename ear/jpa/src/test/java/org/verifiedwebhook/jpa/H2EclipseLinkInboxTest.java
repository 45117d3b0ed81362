package org.verifiedwebhook.jpa;

import javax.sql.DataSource;

class H2EclipseLinkInboxTest extends InboxContract {

    @Override
    DataSource emptyDatabase() {
        return Databases.h2();
    }

    @Override
    String provider() {
        return Databases.ECLIPSELINK;
    }
}
