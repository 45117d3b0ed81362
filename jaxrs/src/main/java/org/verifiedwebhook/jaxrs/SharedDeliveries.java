package org.verifiedwebhook.jaxrs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.verifiedwebhook.WebhookGate;

/**
 * Finds endpoints at several places for one sender whose signature has no place in it: what comes to both alike is one
 * delivery, and only one of them handles it.
 */
final class SharedDeliveries {

    private SharedDeliveries() {}

    /** What to tell of these endpoints, a text for each such sender. */
    static List<String> warnings(Collection<Endpoint> endpoints, WebhookGate gate) {
        Map<String, Map<String, String>> places = new TreeMap<>();
        for (Endpoint endpoint : endpoints) {
            Optional<String> place = EndpointPaths.template(endpoint);
            if (place.isPresent()
                    && !endpoint.handleCopies()
                    && gate.sender(endpoint.sender()).sameAtAnyUrl()) {
                places.computeIfAbsent(endpoint.sender(), s -> new TreeMap<>()).put(place.get(), endpoint.where());
            }
        }
        List<String> warnings = new ArrayList<>();
        places.forEach((sender, methods) -> {
            if (methods.size() > 1) {
                warnings.add("sender " + sender + " does not sign the URL, and has several endpoints: "
                        + methods.values().stream().sorted().collect(Collectors.joining(", "))
                        + ". What it sends to two of them alike is one delivery, handled by one of them only. If each is to"
                        + " handle it, say handleCopies = true, or give one of them a sender file of its own");
            }
        });
        return warnings;
    }
}
