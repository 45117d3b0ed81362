package org.verifiedwebhook.sample.cloudonix;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows no number, until the database does. */
@ApplicationScoped
class EmptyCallDirectory implements CallDirectory {

    @Override
    public Optional<String> dialTarget(String organisation, String number) {
        return Optional.empty();
    }

    @Override
    public Map<String, MenuEntry> menu(String organisation, String number) {
        return Map.of();
    }

    @Override
    public List<String> ringGroup(String organisation, String number) {
        return List.of();
    }
}
