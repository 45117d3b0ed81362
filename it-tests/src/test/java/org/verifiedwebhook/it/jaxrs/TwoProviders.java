package org.verifiedwebhook.it.jaxrs;

import jakarta.enterprise.context.ApplicationScoped;
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.SecretRequest;
import org.verifiedwebhook.secret.SecretSet;

/** One too many. */
public final class TwoProviders {

    private TwoProviders() {}

    @ApplicationScoped
    public static class Secrets implements SecretProvider {
        @Override
        public SecretSet secretsFor(SecretRequest request) {
            return SecretSet.none();
        }
    }

    @ApplicationScoped
    public static class MoreSecrets implements SecretProvider {
        @Override
        public SecretSet secretsFor(SecretRequest request) {
            return SecretSet.none();
        }
    }
}
