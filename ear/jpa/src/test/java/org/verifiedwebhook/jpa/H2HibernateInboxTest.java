package org.verifiedwebhook.jpa;

import javax.sql.DataSource;

class H2HibernateInboxTest extends InboxContract {

    @Override
    DataSource emptyDatabase() {
        return Databases.h2();
    }

    @Override
    String provider() {
        return Databases.HIBERNATE;
    }
}
