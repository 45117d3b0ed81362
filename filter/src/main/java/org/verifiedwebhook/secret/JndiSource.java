package org.verifiedwebhook.secret;

import java.util.List;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;

/** Settings in JNDI. Looked up at each use: an injected reference keeps the value of the day it was deployed. */
final class JndiSource implements SettingSource {

    private static final List<String> PREFIXES = List.of("java:comp/env/", "", "java:global/");

    @Override
    public Optional<String> find(SettingName name) {
        try {
            InitialContext context = new InitialContext();
            try {
                for (String prefix : PREFIXES) {
                    Optional<String> value = find(context, prefix + name.path());
                    if (value.isPresent()) {
                        return value;
                    }
                }
                return Optional.empty();
            } finally {
                context.close();
            }
        } catch (NamingException e) {
            if (absent(e)) {
                return Optional.empty();
            }
            throw new SecretUnavailableException("JNDI could not be asked for " + name, e);
        }
    }

    // The name begins with a constant and holds no text from outside but SettingName's own alphabet: no URL can be made
    // of it, so no remote object either.
    @SuppressWarnings("BanJNDI")
    private static Optional<String> find(InitialContext context, String name) throws NamingException {
        try {
            Object value = context.lookup(name);
            // A name that other names begin with is a context, not a setting.
            if (value == null || value instanceof javax.naming.Context) {
                return Optional.empty();
            }
            boolean text = value instanceof CharSequence
                    || value instanceof Number
                    || value instanceof Boolean
                    || value instanceof Character;
            if (!text) {
                // What another object says of itself can be guessed, and would be taken for the secret.
                throw new SecretUnavailableException("JNDI name " + name + " is bound to a "
                        + value.getClass().getName() + ": bind a text to it");
            }
            return Optional.of(value.toString());
        } catch (NamingException e) {
            if (absent(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Servers wrap "not there" in other exceptions; what is broken has no such cause. */
    private static boolean absent(NamingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof NameNotFoundException || cause instanceof NoInitialContextException) {
                return true;
            }
        }
        return false;
    }
}
