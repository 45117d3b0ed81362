package org.verifiedwebhook.sender;

import java.time.Duration;
import java.util.Optional;

/**
 * What the sender's guide asks of its secrets. Falling short is warned of, not refused.
 *
 * @param length the least number of characters; 0 if the guide does not say
 * @param rotateAfter the greatest age; absent if the guide does not say
 */
public record SecretAdvice(int length, Optional<Duration> rotateAfter) {

    /** 32 characters, any age. */
    public static final SecretAdvice DEFAULT = new SecretAdvice(32, Optional.empty());
}
