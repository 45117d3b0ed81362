package org.verifiedwebhook.it;

import java.io.IOException;
import org.verifiedwebhook.run.PayaraMicroProcess;
import org.verifiedwebhook.run.ServerProcess;

/** The servers that the tests run on; the build says which, a property for each run. */
enum Server {
    PAYARA_MICRO("payara-micro", false) {
        @Override
        ServerProcess start(ServerPlan plan) throws IOException {
            PayaraMicroProcess.Builder builder =
                    PayaraMicroProcess.builder(BuildFiles.PAYARA_MICRO_JAR, plan.directory());
            plan.systemProperties().forEach(builder::systemProperty);
            plan.environment().forEach(builder::environment);
            for (Operation operation : plan.operations()) {
                operation.preBootCommands(plan.directory()).forEach(builder::preBootCommand);
                operation.bootCommands().forEach(builder::postBootCommand);
            }
            plan.jvmOptions().forEach(builder::jvmOption);
            plan.deployments().forEach(builder::deploy);
            return builder.start();
        }
    },
    WILDFLY("wildfly", true) {
        @Override
        ServerProcess start(ServerPlan plan) throws IOException {
            return WildFlyProcess.start(BuildFiles.WILDFLY_HOME, plan);
        }
    },
    PAYARA_SERVER("payara-server", true) {
        @Override
        ServerProcess start(ServerPlan plan) throws IOException {
            return PayaraServerProcess.start(BuildFiles.PAYARA_HOME, plan);
        }
    };

    /** The one that this run is about. */
    static final Server CURRENT = current();

    private final String name;
    private final boolean deploysTheEar;

    Server(String name, boolean deploysTheEar) {
        this.name = name;
        this.deploysTheEar = deploysTheEar;
    }

    private static Server current() {
        String named = System.getProperty("it.server", PAYARA_MICRO.name);
        for (Server server : values()) {
            if (server.name.equals(named)) {
                return server;
            }
        }
        throw new IllegalArgumentException("it.server: no server is called " + named);
    }

    /** Whether it takes the sample as its EAR; Payara Micro deploys none at all. */
    boolean deploysTheEar() {
        return deploysTheEar;
    }

    /** Whether operators change JNDI without a restart; Payara Micro takes commands at its start only. */
    boolean changesJndiWhileItRuns() {
        return this != PAYARA_MICRO;
    }

    /** What stands for an environment variable of the server, in a value in JNDI. */
    String environmentReference(String variable) {
        return this == WILDFLY ? "${env." + variable + "}" : "${ENV=" + variable + "}";
    }

    /** How JAX-RS writes the type of an answer in XML: RESTEasy always names the charset, which is the same type. */
    String xmlOfJaxrs() {
        return this == WILDFLY ? "application/xml;charset=UTF-8" : "application/xml";
    }

    /** Starts it with what is planned, and returns before it is up. */
    abstract ServerProcess start(ServerPlan plan) throws IOException;
}
