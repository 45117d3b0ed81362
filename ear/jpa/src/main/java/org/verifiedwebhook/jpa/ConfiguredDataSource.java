package org.verifiedwebhook.jpa;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A data source that decides by settings, at its first use, where connections come from, so that one and the same WAR
 * runs on each database. Name it in {@code @DataSourceDefinition(className = …)}: the server pools its connections.
 *
 * <ol>
 *   <li>{@code webhook/jpa/datasource}: a data source of the server by its JNDI name. It must not take part in
 *       transactions by itself, since its connections are already in the pool of this one: on Payara its
 *       {@code __nontx} twin is taken, on WildFly define it with {@code jta=false}.
 *   <li>{@code webhook/jpa/url} ({@code jdbc:postgresql:…}), {@code webhook/jpa/user}, {@code webhook/jpa/password}.
 *   <li>neither: an embedded H2 database, in a file.
 * </ol>
 *
 * <p>A wrong setting is an {@link SQLException} whose message names it, and never a fall-back to the next.
 */
public final class ConfiguredDataSource implements DataSource {

    private final DataSourceChoice choice;
    private final Silence silence = new Silence();
    private DataSource chosen;

    /** For the server. */
    public ConfiguredDataSource() {
        this(DataSourceChoice.standard());
    }

    ConfiguredDataSource(DataSourceChoice choice) {
        this.choice = choice;
    }

    /**
     * A property for {@code @DataSourceDefinition(properties = "settings=webhook/jpa")}: WildFly refuses a data source
     * without any.
     *
     * @param prefix where the settings are; {@code webhook/jpa} and nothing else
     */
    public void setSettings(String prefix) {
        if (!prefix.equals("webhook/jpa")) {
            throw new IllegalArgumentException("the settings of this data source are webhook/jpa");
        }
    }

    private synchronized DataSource chosen() throws SQLException {
        if (chosen == null) {
            chosen = choice.choose();
        }
        return chosen;
    }

    /** A connection that is replaced by itself when it is broken, so that the server's pool need not notice. */
    @Override
    public Connection getConnection() throws SQLException {
        return LastingConnection.over(this::open, silence);
    }

    private Connection open() throws SQLException {
        // Payara's pool calls without a context class loader; JNDI, configuration and the inner pool need one.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        if (before == null) {
            thread.setContextClassLoader(ConfiguredDataSource.class.getClassLoader());
        }
        try {
            return chosen().getConnection();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The same: user and password are in the settings, and servers pass empty ones here. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // The drivers log through java.util.logging.
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        chosen().setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return chosen().getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : chosen().unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || chosen().isWrapperFor(type);
    }
}
