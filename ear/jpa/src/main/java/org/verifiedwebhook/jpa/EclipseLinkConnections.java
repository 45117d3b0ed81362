package org.verifiedwebhook.jpa;

import java.sql.Connection;
import java.util.Properties;
import javax.sql.DataSource;
import org.eclipse.persistence.config.SessionCustomizer;
import org.eclipse.persistence.sessions.DatasourceLogin;
import org.eclipse.persistence.sessions.JNDIConnector;
import org.eclipse.persistence.sessions.Login;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.server.ServerSession;

/**
 * Lets EclipseLink open connections with the class loader of the WAR, whatever the calling thread has. Payara Server opens
 * the first one of a persistence unit while it deploys an EAR, on a thread that does not see the WAR's libraries, and
 * then does not find {@link ConfiguredDataSource}. And keeps it from repeating what failed on a broken connection, which it
 * does three times, five seconds apart: senders do not wait so long. And bounds what it logs of an outage
 * ({@link OutageLog}).
 *
 * <p>Name it in the persistence unit's property {@code eclipselink.session.customizer}; other providers ignore that, and
 * never load this class. Public because EclipseLink makes it.
 */
public final class EclipseLinkConnections implements SessionCustomizer {

    @Override
    public void customize(Session session) {
        session.getLogin().setQueryRetryAttemptCount(0);
        // Nor is one that failed asked again whether it works.
        session.getLogin().setConnectionHealthValidatedOnError(false);
        OutageLog.install(session, System::nanoTime);
        replaceConnector(session.getLogin());
        if (session instanceof ServerSession server) {
            // Reading may have a login of its own, to the data source that takes part in no transaction.
            replaceConnector(server.getReadConnectionPool().getLogin());
            server.getConnectionPools().values().forEach(pool -> replaceConnector(pool.getLogin()));
        }
    }

    private static void replaceConnector(Login login) {
        if (login instanceof DatasourceLogin own && own.getConnector() instanceof JNDIConnector found) {
            own.setConnector(new WithOurClassLoader(found.getDataSource()));
        }
    }

    private static final class WithOurClassLoader extends JNDIConnector {

        WithOurClassLoader(DataSource dataSource) {
            super(dataSource);
        }

        @Override
        public Connection connect(Properties properties, Session session) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(EclipseLinkConnections.class.getClassLoader());
            try {
                return super.connect(properties, session);
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }
}
