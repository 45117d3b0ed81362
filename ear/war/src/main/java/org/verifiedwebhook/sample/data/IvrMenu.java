package org.verifiedwebhook.sample.data;

import java.util.Map;
import java.util.Optional;

/**
 * What a caller hears and may choose.
 *
 * @param prompt the text to say
 * @param targets what to dial, by the digits pressed
 */
public record IvrMenu(String prompt, Map<String, String> targets) {
    public IvrMenu {
        targets = Map.copyOf(targets);
    }

    /** What to dial for those digits, if they are a choice. */
    public Optional<String> target(String digits) {
        return Optional.ofNullable(targets.get(digits));
    }
}
