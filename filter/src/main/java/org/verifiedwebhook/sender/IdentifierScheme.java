package org.verifiedwebhook.sender;

import java.util.List;
import java.util.Map;

/**
 * No signature and no token: the request names a tenant, and that is all. Must be asked for aloud.
 *
 * @param name the scheme's name within its sender
 */
public record IdentifierScheme(String name) implements Scheme {

    @Override
    public Assurance assurance() {
        return Assurance.IDENTIFIED;
    }

    @Override
    public List<Extractor> signature() {
        return List.of();
    }

    @Override
    public Map<Source, String> when() {
        return Map.of();
    }
}
