package org.verifiedwebhook.it.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;

/** Has {@link Login} asked by HTTP Basic. */
@BasicAuthenticationMechanismDefinition(realmName = "people")
@ApplicationScoped
public class BasicLogin {}
