package org.verifiedwebhook.secret;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Remembers what another provider said for a few seconds, so that a burst of deliveries asks the store once, and yet a
 * rotation needs no restart.
 *
 * <p>What is unknown is remembered apart from what is known: a flood of invented tenants pushes out no real one. A
 * failure is not remembered.
 */
public final class CachingSecretProvider implements SecretProvider {

    /** How long an answer holds, unless said otherwise: an emergency removal must bite within 5 seconds. */
    public static final Duration TIME_TO_LIVE = Duration.ofSeconds(4);

    private static final int MAX_KNOWN = 100_000;
    private static final int MAX_UNKNOWN = 10_000;

    private final SecretProvider provider;
    private final Cache<SecretRequest, SecretSet> known;
    private final Cache<SecretRequest, SecretSet> unknown;

    /** A cache over {@code provider} whose answers hold for {@link #TIME_TO_LIVE}. */
    public CachingSecretProvider(SecretProvider provider) {
        this(provider, TIME_TO_LIVE, Ticker.systemTicker());
    }

    /** A cache whose answers hold for {@code timeToLive}. */
    public CachingSecretProvider(SecretProvider provider, Duration timeToLive) {
        this(provider, timeToLive, Ticker.systemTicker());
    }

    CachingSecretProvider(SecretProvider provider, Duration timeToLive, Ticker ticker) {
        this.provider = provider;
        this.known = cache(timeToLive, MAX_KNOWN, ticker);
        this.unknown = cache(timeToLive, MAX_UNKNOWN, ticker);
    }

    private static Cache<SecretRequest, SecretSet> cache(Duration timeToLive, int bound, Ticker ticker) {
        // On the caller's thread: a thread of the common pool would outlive the application.
        Executor direct = Runnable::run;
        return Caffeine.newBuilder()
                .expireAfterWrite(timeToLive)
                .maximumSize(bound)
                .ticker(ticker)
                .executor(direct)
                .build();
    }

    @Override
    public SecretSet secretsFor(SecretRequest request) {
        if (unknown.getIfPresent(request) != null) {
            return SecretSet.none();
        }
        // A loader that returns null stores nothing; all who ask at once wait for one look-up.
        SecretSet secrets = known.get(request, this::load);
        return secrets == null ? SecretSet.none() : secrets;
    }

    private SecretSet load(SecretRequest request) {
        // Those who waited for a look-up that found nothing come here one after the other.
        if (unknown.getIfPresent(request) != null) {
            return null;
        }
        SecretSet secrets = provider.secretsFor(request);
        if (secrets.isEmpty()) {
            unknown.put(request, secrets);
            return null;
        }
        return secrets;
    }
}
