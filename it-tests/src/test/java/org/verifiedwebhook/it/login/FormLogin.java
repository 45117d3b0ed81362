package org.verifiedwebhook.it.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.FormAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.LoginToContinue;

/** Has {@link Login} asked by a form, to which people are sent. */
@FormAuthenticationMechanismDefinition(
        loginToContinue =
                @LoginToContinue(loginPage = "/login-page", errorPage = "/login-page?wrong", useForwardToLogin = false))
@ApplicationScoped
public class FormLogin {}
