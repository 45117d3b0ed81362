package org.verifiedwebhook.jpa;

/**
 * The switch for demo tenants and demo secrets: the system property {@code webhook.demo}, {@code true} or absent.
 *
 * <p>Only a system property, so that nothing an application or a shared configuration carries can turn it on by accident.
 * Rows marked as demo verify nothing while it is off, wherever they come from.
 */
public final class DemoMode {

    private static final String PROPERTY = "webhook.demo";

    private DemoMode() {}

    /** Whether this server was started for a demonstration. */
    public static boolean on() {
        return "true".equals(System.getProperty(PROPERTY));
    }
}
