package org.verifiedwebhook.embedded;

class JettyMisconfigurationTest extends MisconfigurationContract {

    @Override
    EmbeddedServer newServer() {
        return new JettyServer();
    }
}
