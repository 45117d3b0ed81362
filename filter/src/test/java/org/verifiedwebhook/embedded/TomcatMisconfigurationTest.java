package org.verifiedwebhook.embedded;

class TomcatMisconfigurationTest extends MisconfigurationContract {

    @Override
    EmbeddedServer newServer() {
        return new TomcatServer();
    }
}
