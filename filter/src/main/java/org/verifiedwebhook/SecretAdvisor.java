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
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.SecretRequest;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.sender.Assurance;
import org.verifiedwebhook.sender.Sender;
import org.verifiedwebhook.sender.TenantRule;

/** Warns, once for each, of secrets in use that are shorter or older than the sender's guide asks, and of one that is not there. */
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

    /** Warns if a sender with one secret for all has none yet: until it comes, everything is refused. */
    void started(Sender sender, SecretProvider configured) {
        boolean one = sender.tenant().map(TenantRule::shared).orElse(true);
        if (!one || sender.assurance() == Assurance.IDENTIFIED) {
            return;
        }
        String refused = "sender " + sender.name() + " has no secret, and all its requests are refused: ";
        try {
            if (configured
                    .secretsFor(new SecretRequest(sender.name(), Optional.empty()))
                    .isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        refused + "bind it in JNDI as webhook/" + sender.name() + "/secret, or set webhook."
                                + sender.name() + ".secret in the configuration");
            }
        } catch (SecretUnavailableException e) {
            LOG.log(Level.WARNING, refused + e.getMessage());
        }
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
