package org.verifiedwebhook;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.sender.AnswerTemplate;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.Sender;

/** One request and its answer: says what became of it, once. */
final class Exchange {

    private final Sender sender;
    private final WebhookRequest request;
    private final Outcomes outcomes;
    private final long startNanos = System.nanoTime();

    Exchange(Sender sender, WebhookRequest request, Outcomes outcomes) {
        this.sender = sender;
        this.request = request;
        this.outcomes = outcomes;
    }

    Sender sender() {
        return sender;
    }

    WebhookRequest request() {
        return request;
    }

    /** Logs a failure of ours. */
    void fault(Level level, String what, Throwable fault) {
        outcomes.fault(level, "sender " + sender.name() + ": " + what, fault);
    }

    Admission.Answered rejected(Reason reason) {
        return rejected(reason, null);
    }

    /** @param delivery what was verified before the rejection; null if nothing */
    Admission.Answered rejected(Reason reason, WebhookDelivery delivery) {
        Answer answer = WebhookGate.answer(sender, reason);
        tell(WebhookOutcome.Kind.REJECTED, Optional.of(reason), delivery, answer.status());
        return new Admission.Answered(answer);
    }

    /**
     * @param seconds after which the sender may come again
     * @param delivery what was verified before; null if nothing
     */
    Admission.Answered limited(long seconds, WebhookDelivery delivery) {
        Answer answer = WebhookGate.answer(sender, Reason.RATE_LIMITED);
        tell(WebhookOutcome.Kind.REJECTED, Optional.of(Reason.RATE_LIMITED), delivery, answer.status());
        return new Admission.Answered(answer.with("Retry-After", Long.toString(seconds)));
    }

    Admission.Answered duplicate(WebhookDelivery delivery, Answer first) {
        Answer answer = sender.answers().duplicate().map(Exchange::answer).orElse(first);
        tell(WebhookOutcome.Kind.DUPLICATE, Optional.empty(), delivery, answer.status());
        return new Admission.Answered(answer);
    }

    Admission.Answered challenged(Answer answer) {
        tell(WebhookOutcome.Kind.CHALLENGE, Optional.empty(), null, answer.status());
        return new Admission.Answered(answer);
    }

    private static Answer answer(AnswerTemplate template) {
        return Answer.text(template.status(), template.contentType(), template.body());
    }

    /** It is durable in the inbox, and so acknowledged. */
    Admission.Answered stored(WebhookDelivery delivery, Answer acknowledgement) {
        handled(delivery, acknowledgement);
        return new Admission.Answered(acknowledgement);
    }

    void handled(WebhookDelivery delivery, Answer sent) {
        tell(WebhookOutcome.Kind.ACCEPTED, Optional.empty(), delivery, sent.status());
    }

    void failed(WebhookDelivery delivery, int status) {
        tell(WebhookOutcome.Kind.FAILED, Optional.empty(), delivery, status);
    }

    private void tell(WebhookOutcome.Kind kind, Optional<Reason> reason, WebhookDelivery delivery, int status) {
        Optional<WebhookDelivery> verified = Optional.ofNullable(delivery);
        WebhookOutcome outcome = new WebhookOutcome(
                request.receivedAt(),
                sender.name(),
                kind,
                reason,
                verified.flatMap(WebhookDelivery::tenant),
                verified.flatMap(WebhookDelivery::id),
                verified.flatMap(WebhookDelivery::eventType),
                verified.map(WebhookDelivery::assurance),
                verified.flatMap(WebhookDelivery::secretLabel),
                request.address(),
                request.method(),
                PathText.told(sender, request.path()),
                status,
                Duration.ofNanos(System.nanoTime() - startNanos));
        outcomes.tell(sender, outcome);
    }
}
