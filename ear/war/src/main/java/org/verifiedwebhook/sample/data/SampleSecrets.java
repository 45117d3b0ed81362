package org.verifiedwebhook.sample.data;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;
import org.verifiedwebhook.jpa.JpaSecretProvider;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.SecretRequest;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.secret.SettingsSecretProvider;

/**
 * What an operator has set (JNDI, files, variables) and what is in the tables: all of it counts. What cannot be asked
 * fails the request, as if it were the only one.
 */
@Alternative
@Priority(Interceptor.Priority.APPLICATION)
@ApplicationScoped
public class SampleSecrets implements SecretProvider {

    private final SecretProvider operators;
    private final SecretProvider tables;

    /** For CDI. */
    protected SampleSecrets() {
        this(null, null);
    }

    @Inject
    SampleSecrets(JpaSecretProvider tables) {
        this(new SettingsSecretProvider(Settings.standard()), tables);
    }

    SampleSecrets(SecretProvider operators, SecretProvider tables) {
        this.operators = operators;
        this.tables = tables;
    }

    @Override
    public SecretSet secretsFor(SecretRequest request) {
        List<Secret> all = new ArrayList<>(operators.secretsFor(request).secrets());
        all.addAll(tables.secretsFor(request).secrets());
        return new SecretSet(all);
    }
}
