package org.verifiedwebhook.jpa;

import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.secret.Settings;

/** Chooses the data source that the settings name. */
final class DataSourceChoice {

    private static final String POSTGRESQL = "jdbc:postgresql:";
    /** Senders wait about five seconds: a database that says nothing must be a 503 before. */
    private static final int TIMEOUT_SECONDS = 2;

    private final JpaSettings settings;
    private final Supplier<H2Location> h2;

    DataSourceChoice(JpaSettings settings, Supplier<H2Location> h2) {
        this.settings = settings;
        this.h2 = h2;
    }

    static DataSourceChoice standard() {
        return new DataSourceChoice(key -> Settings.standard().find("jpa", key), H2Location::standard);
    }

    /** Whether it is none that the operator has named. */
    boolean isEmbedded() {
        return settings.find("datasource").isEmpty() && settings.find("url").isEmpty();
    }

    DataSource choose() throws SQLException {
        try {
            return chosen();
        } catch (SecretUnavailableException e) {
            throw new SQLException("the settings of the data source cannot be read: " + e.getMessage(), e);
        }
    }

    private DataSource chosen() throws SQLException {
        Optional<String> name = settings.find("datasource");
        Optional<String> url = settings.find("url");
        if (name.isPresent() && url.isPresent()) {
            throw new SQLException("webhook/jpa/datasource and webhook/jpa/url are both set: keep one");
        }
        if (name.isPresent()) {
            return named(name.get());
        }
        return url.isPresent() ? postgresql(url.get()) : new H2File(h2.get()).dataSource();
    }

    @SuppressWarnings("BanJNDI") // The name is the operator's, and data sources are found by nothing else.
    private static DataSource named(String name) throws SQLException {
        try {
            InitialContext context = new InitialContext();
            try {
                return (DataSource) context.lookup(name + "__nontx");
            } catch (NamingException notPayara) {
                return (DataSource) context.lookup(name);
            }
        } catch (NamingException | ClassCastException e) {
            throw new SQLException(
                    "webhook/jpa/datasource is '" + name + "', but the server has no usable data source of that name",
                    e);
        }
    }

    private DataSource postgresql(String url) throws SQLException {
        if (!url.startsWith(POSTGRESQL)) {
            // The value stays out of the message: it may carry a password.
            throw new SQLException("webhook/jpa/url must start with " + POSTGRESQL
                    + "; for another database name a data source of the server in webhook/jpa/datasource");
        }
        return PostgreSql.at(url, settings.find("user"), settings.find("password"));
    }

    /** Apart, so that an application without this driver never loads it. */
    private static final class PostgreSql {
        static DataSource at(String url, Optional<String> user, Optional<String> password) throws SQLException {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            // Ours first: the URL may say otherwise.
            dataSource.setConnectTimeout(TIMEOUT_SECONDS);
            dataSource.setLoginTimeout(TIMEOUT_SECONDS);
            dataSource.setSocketTimeout(TIMEOUT_SECONDS);
            dataSource.setCancelSignalTimeout(1);
            dataSource.setTcpKeepAlive(true);
            try {
                dataSource.setUrl(url);
            } catch (IllegalArgumentException e) {
                throw new SQLException("webhook/jpa/url cannot be read: write jdbc:postgresql://host:port/database");
            }
            user.ifPresent(dataSource::setUser);
            password.ifPresent(dataSource::setPassword);
            return dataSource;
        }
    }
}
