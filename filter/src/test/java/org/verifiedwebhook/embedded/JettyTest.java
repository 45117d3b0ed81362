package org.verifiedwebhook.embedded;

class JettyTest extends ServletContainerContract {

    @Override
    EmbeddedServer newServer() {
        return new JettyServer();
    }
}
