package org.verifiedwebhook.it.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows the people of an application's own login. */
@ApplicationScoped
public class Login implements IdentityStore {

    public static final String USER = "anna";
    public static final String PASSWORD = "password-of-anna";
    static final AtomicInteger ASKED = new AtomicInteger();

    @Override
    public CredentialValidationResult validate(Credential credential) {
        ASKED.incrementAndGet();
        return credential instanceof UsernamePasswordCredential given && given.compareTo(USER, PASSWORD)
                ? new CredentialValidationResult(USER, Set.of("people"))
                : CredentialValidationResult.INVALID_RESULT;
    }
}
