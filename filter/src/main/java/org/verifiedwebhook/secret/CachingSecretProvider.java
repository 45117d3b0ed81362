package org.verifiedwebhook.secret;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Remembers what another provider said for a few seconds, so that a burst of deliveries asks the store once, and yet a
 * rotation needs no restart.
 *
 * <p>What is unknown is remembered apart from what is known: a flood of invented tenants pushes out no real one. A
 * failure is not remembered. The time counts from when the provider was asked: an answer that took longer than its time
 * serves the one who asked, and nobody else.
 *
 * <p>A provider that may wait must bring its own time limit: it runs on the request's thread, which nobody can take from
 * it. Those who ask for the same secrets meanwhile wait at most {@code 2.5} seconds, and not for what cannot serve them
 * any more: they are then told that nobody could look.
 */
public final class CachingSecretProvider implements SecretProvider {

    /** How long an answer holds, unless said otherwise: an emergency removal must bite within 5 seconds. */
    public static final Duration TIME_TO_LIVE = Duration.ofSeconds(4);

    private static final int MAX_KNOWN = 100_000;
    private static final int MAX_UNKNOWN = 10_000;

    /** How long others wait for a look-up: senders give up after 5 seconds. */
    private static final Duration PATIENCE = Duration.ofMillis(2_500);

    private final SecretProvider provider;
    private final Duration patience;
    private final Ticker ticker;
    private final long holds;
    private final AtomicLong swept;
    private final Cache<SecretRequest, Answer> known;
    private final Cache<SecretRequest, Answer> unknown;
    // Not the cache's own loading, which makes unrelated keys wait that happen to share a bucket of its table.
    private final Map<SecretRequest, LookUp> underway = new ConcurrentHashMap<>();

    /**
     * What the provider said.
     *
     * @param asked when it was asked, by the ticker: it may have read the secret at once and been slow only then
     */
    private record Answer(SecretSet secrets, long asked) {}

    /**
     * What the provider is being asked.
     *
     * @param asked as in {@link Answer}
     */
    private record LookUp(long asked, CompletableFuture<SecretSet> secrets) {}

    /** Counts the time to live from the question, not from the answer. */
    private record FromTheQuestion(long nanos) implements Expiry<SecretRequest, Answer> {

        @Override
        public long expireAfterCreate(SecretRequest request, Answer answer, long now) {
            return Math.max(0, nanos - (now - answer.asked()));
        }

        @Override
        public long expireAfterUpdate(SecretRequest request, Answer answer, long now, long left) {
            return expireAfterCreate(request, answer, now);
        }

        @Override
        public long expireAfterRead(SecretRequest request, Answer answer, long now, long left) {
            return left;
        }
    }

    /** A cache over {@code provider} whose answers hold for {@link #TIME_TO_LIVE}. */
    public CachingSecretProvider(SecretProvider provider) {
        this(provider, TIME_TO_LIVE, Ticker.systemTicker());
    }

    /** A cache whose answers hold for {@code timeToLive}. */
    public CachingSecretProvider(SecretProvider provider, Duration timeToLive) {
        this(provider, timeToLive, Ticker.systemTicker());
    }

    CachingSecretProvider(SecretProvider provider, Duration timeToLive, Ticker ticker) {
        this(provider, timeToLive, PATIENCE, ticker);
    }

    CachingSecretProvider(SecretProvider provider, Duration timeToLive, Duration patience, Ticker ticker) {
        this.provider = provider;
        this.patience = patience;
        this.ticker = ticker;
        this.holds = timeToLive.toNanos();
        this.swept = new AtomicLong(ticker.read());
        this.known = cache(timeToLive, MAX_KNOWN, ticker);
        this.unknown = cache(timeToLive, MAX_UNKNOWN, ticker);
    }

    private static Cache<SecretRequest, Answer> cache(Duration timeToLive, int bound, Ticker ticker) {
        // On the caller's thread: a thread of the common pool would outlive the application.
        Executor direct = Runnable::run;
        return Caffeine.newBuilder()
                .expireAfter(new FromTheQuestion(timeToLive.toNanos()))
                .maximumSize(bound)
                .ticker(ticker)
                .executor(direct)
                .build();
    }

    @Override
    public SecretSet secretsFor(SecretRequest request) {
        sweep();
        SecretSet cached = cached(request);
        if (cached != null) {
            return cached;
        }
        LookUp mine = new LookUp(ticker.read(), new CompletableFuture<>());
        LookUp first = underway.putIfAbsent(request, mine);
        if (first != null) {
            return waited(first, request);
        }
        try {
            SecretSet secrets = looked(request, mine.asked());
            mine.secrets().complete(secrets);
            return secrets;
        } catch (RuntimeException | Error e) {
            mine.secrets().completeExceptionally(e);
            throw e;
        } finally {
            underway.remove(request);
        }
    }

    /** A secret that nobody asks for any more must not stay in memory until somebody does. */
    private void sweep() {
        long now = ticker.read();
        long last = swept.get();
        if (now - last >= holds && swept.compareAndSet(last, now)) {
            known.cleanUp();
            unknown.cleanUp();
        }
    }

    private SecretSet cached(SecretRequest request) {
        // Both are asked always: a tenant must not show by the time.
        Answer secrets = known.getIfPresent(request);
        Answer none = unknown.getIfPresent(request);
        Answer answer = secrets != null ? secrets : none;
        return answer == null ? null : answer.secrets();
    }

    private SecretSet looked(SecretRequest request, long asked) {
        // Another thread's look-up may have ended since this one looked.
        SecretSet cached = cached(request);
        if (cached != null) {
            return cached;
        }
        SecretSet secrets = Objects.requireNonNull(provider.secretsFor(request), "the secret provider said null");
        (secrets.isEmpty() ? unknown : known).put(request, new Answer(secrets, asked));
        return secrets;
    }

    /** Those who ask while a look-up is under way share what comes of it, and do not all hang with it. */
    private SecretSet waited(LookUp first, SecretRequest request) {
        try {
            checkRecent(first, request);
            SecretSet secrets = first.secrets().get(patience.toNanos(), TimeUnit.NANOSECONDS);
            checkRecent(first, request);
            return secrets;
        } catch (ExecutionException e) {
            throw new SecretUnavailableException("the look-up that others waited for failed", e.getCause());
        } catch (TimeoutException e) {
            throw new SecretUnavailableException(
                    "the secrets of sender " + request.sender() + " are being looked up for more than "
                            + patience.toMillis() + " ms",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretUnavailableException("interrupted while waiting for a look-up", e);
        }
    }

    /** The provider may have read at once and be slow since: what was removed meanwhile must not come back for others. */
    private void checkRecent(LookUp lookUp, SecretRequest request) {
        if (ticker.read() - lookUp.asked() >= holds) {
            throw new SecretUnavailableException("looking up the secrets of sender " + request.sender()
                    + " takes longer than an answer holds: only the request that asked gets it");
        }
    }
}
