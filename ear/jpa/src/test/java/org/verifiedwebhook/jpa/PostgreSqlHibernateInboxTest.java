package org.verifiedwebhook.jpa;

import javax.sql.DataSource;

class PostgreSqlHibernateInboxTest extends InboxContract {

    @Override
    DataSource emptyDatabase() {
        return Databases.postgresql();
    }

    @Override
    String provider() {
        return Databases.HIBERNATE;
    }
}
