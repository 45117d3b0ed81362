package org.verifiedwebhook;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.sender.Sender;

/** Warns, once for each, of secrets in use that are shorter or older than the sender's guide asks. */
final class SecretAdvisor {

    private static final System.Logger LOG = System.getLogger("org.verifiedwebhook");
    private static final int MAX_REMEMBERED = 10_000;

    private final Clock clock;
    private final Set<String> warned = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_REMEMBERED;
        }
    }));

    SecretAdvisor(Clock clock) {
        this.clock = clock;
    }

    void used(Sender sender, Optional<String> tenant, Secret secret) {
        advice(sender, secret).ifPresent(advice -> {
            String who = "sender=" + sender.name() + " tenant=" + LogText.escape(tenant.orElse("-")) + " secret="
                    + LogText.escape(secret.label());
            if (warned.add(who)) {
                LOG.log(Level.WARNING, "webhook secret " + who + ": " + advice);
            }
        });
    }

    private Optional<String> advice(Sender sender, Secret secret) {
        int wanted = sender.secretAdvice().length();
        if (secret.length() < wanted) {
            return Optional.of("shorter than the " + wanted + " characters the sender's guide asks for");
        }
        Optional<Duration> limit = sender.secretAdvice().rotateAfter();
        boolean old = limit.isPresent()
                && secret.validFrom()
                        .map(from -> from.plus(limit.get()).isBefore(clock.instant()))
                        .orElse(false);
        return old
                ? Optional.of("older than the " + limit.get().toDays() + " days after which to rotate it")
                : Optional.empty();
    }
}
