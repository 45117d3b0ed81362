package org.verifiedwebhook.sample.demo;

/** The switch that the run profile sets and no server has: the system property {@code webhook.demo}. */
final class DemoSwitch {

    private DemoSwitch() {}

    static boolean on() {
        return "true".equals(System.getProperty("webhook.demo"));
    }
}
