package org.verifiedwebhook.sender;

import java.util.List;
import java.util.Map;

/**
 * A secret token sent along, a bearer token (RFC 6750) or an API key for instance. It proves who sent the request and
 * nothing about the request.
 *
 * @param name the scheme's name within its sender
 * @param signature where the token stands
 * @param when what selects this scheme among several
 */
public record TokenScheme(String name, List<Extractor> signature, Map<Source, String> when) implements Scheme {

    public TokenScheme {
        signature = List.copyOf(signature);
        when = Map.copyOf(when);
        if (signature.isEmpty()) {
            throw new IllegalArgumentException("scheme " + name + ": say where the token stands");
        }
    }

    @Override
    public Assurance assurance() {
        return Assurance.TOKEN;
    }
}
