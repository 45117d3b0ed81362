package org.verifiedwebhook.embedded;

class TomcatTest extends ServletContainerContract {

    @Override
    EmbeddedServer newServer() {
        return new TomcatServer();
    }
}
