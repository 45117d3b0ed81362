package org.verifiedwebhook.sender;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a sender's rejections look: one answer for each reason, in the sender's own dialect.
 *
 * <p>An unknown tenant and a tenant without a secret are answered as a wrong signature is, byte for byte, so that
 * strangers cannot list tenants; {@link Sender#revealingUnknownTenants} lifts that where an operator decides so.
 */
public final class AnswerRules {

    private final Map<Reason, AnswerTemplate> templates;
    private final AnswerTemplate unknownTenant;
    private final Optional<AnswerTemplate> duplicate;
    private final Duration retryAfter;

    /**
     * @param templates one for each reason
     * @param unknownTenant what the sender's document answers to an unknown tenant, for {@link #revealing}
     * @param duplicate the answer to a copy of a delivery already handled; absent if the first answer is repeated
     * @param retryAfter what a 503 or 429 asks for
     */
    AnswerRules(
            Map<Reason, AnswerTemplate> templates,
            AnswerTemplate unknownTenant,
            Optional<AnswerTemplate> duplicate,
            Duration retryAfter) {
        this.templates = new EnumMap<>(templates);
        this.unknownTenant = unknownTenant;
        this.duplicate = duplicate;
        this.retryAfter = retryAfter;
    }

    /** The answer to a request rejected for {@code reason}. */
    public AnswerTemplate forReason(Reason reason) {
        return templates.get(reason);
    }

    /** The answer to a copy of a delivery already handled; absent if the first answer is repeated. */
    public Optional<AnswerTemplate> duplicate() {
        return duplicate;
    }

    /** The time after which a sender may come again, told with every 503 and 429. */
    public Duration retryAfter() {
        return retryAfter;
    }

    AnswerRules revealing() {
        Map<Reason, AnswerTemplate> changed = new EnumMap<>(templates);
        changed.put(Reason.TENANT_UNKNOWN, unknownTenant);
        changed.put(Reason.SECRET_MISSING, unknownTenant);
        return new AnswerRules(changed, unknownTenant, duplicate, retryAfter);
    }
}
