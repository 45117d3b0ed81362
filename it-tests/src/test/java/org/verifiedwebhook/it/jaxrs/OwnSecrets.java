package org.verifiedwebhook.it.jaxrs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.verifiedwebhook.WebhookOutcome;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.SecretRequest;
import org.verifiedwebhook.secret.SecretSet;

/** Secrets of the application's own, and an observer that fails. */
@ApplicationScoped
public class OwnSecrets implements SecretProvider {

    /** The secret of sender zorio. */
    public static final String SECRET = "a secret that only the application knows";

    @Override
    public SecretSet secretsFor(SecretRequest request) {
        return SecretSet.of(Secret.ofText("own", SECRET));
    }

    void observe(@Observes WebhookOutcome outcome) {
        Reached.count(outcome.kind().name());
        throw new IllegalStateException("on purpose");
    }
}
