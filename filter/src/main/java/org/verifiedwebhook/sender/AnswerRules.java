package org.verifiedwebhook.sender;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a sender is answered in its own dialect: one answer for each reason of a rejection, and the acknowledgement that an
 * inbox gives.
 *
 * <p>An unknown tenant and a tenant without a secret are answered as a wrong signature is, byte for byte, so that
 * strangers cannot list tenants; {@link Sender#revealingUnknownTenants} lifts that where an operator decides so.
 */
public final class AnswerRules {

    private final Map<Reason, AnswerTemplate> templates;
    private final AnswerTemplate unknownTenant;
    private final Optional<AnswerTemplate> duplicate;
    private final Acknowledgement accepted;
    private final Duration retryAfter;

    /**
     * @param templates one for each reason
     * @param unknownTenant what the sender's document answers to an unknown tenant, for {@link #revealing}
     * @param duplicate the answer to a copy of a delivery already handled; absent if the first answer is repeated
     * @param accepted the answer to a delivery that is in the inbox
     * @param retryAfter what a 503 or 429 asks for
     */
    AnswerRules(
            Map<Reason, AnswerTemplate> templates,
            AnswerTemplate unknownTenant,
            Optional<AnswerTemplate> duplicate,
            Acknowledgement accepted,
            Duration retryAfter) {
        this.templates = new EnumMap<>(templates);
        this.unknownTenant = unknownTenant;
        this.duplicate = duplicate;
        this.accepted = accepted;
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

    /**
     * The answer to a delivery that is stored to be handled later.
     *
     * @param id the delivery id, which some senders want to read again; escaped here
     */
    public AnswerTemplate accepted(Optional<String> id) {
        return accepted.of(id);
    }

    /** The time after which a sender may come again, told with every 503 and 429. */
    public Duration retryAfter() {
        return retryAfter;
    }

    AnswerRules revealing() {
        Map<Reason, AnswerTemplate> changed = new EnumMap<>(templates);
        changed.put(Reason.TENANT_UNKNOWN, unknownTenant);
        changed.put(Reason.SECRET_MISSING, unknownTenant);
        return new AnswerRules(changed, unknownTenant, duplicate, accepted, retryAfter);
    }
}
