package org.verifiedwebhook.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.verifiedwebhook.Admission;
import org.verifiedwebhook.WebhookGate;

/**
 * That a request was counted for the rate of its address, before its body was read, and the answer if it is one too many.
 * Travels with the request as an attribute, so that it is counted once, whatever doorways and dispatches it comes through.
 */
public final class CountedRequest {

    private static final String ATTRIBUTE = CountedRequest.class.getName() + ".";

    private final Optional<Admission.Answered> refusal;

    private CountedRequest(Optional<Admission.Answered> refusal) {
        this.refusal = refusal;
    }

    /**
     * Counts {@code request} as one of {@code sender}, if nobody has; the answer if there are too many.
     *
     * @throws IllegalArgumentException as {@link WebhookGate#sender}
     */
    public static Optional<Admission.Answered> refusal(WebhookGate gate, String sender, HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE + sender) instanceof CountedRequest before) {
            return before.refusal;
        }
        CountedRequest counted = new CountedRequest(
                gate.limit(sender, () -> ServletRequests.translate(request, gate.publicUrl(sender), new byte[0])));
        request.setAttribute(ATTRIBUTE + sender, counted);
        return counted.refusal;
    }

    /** Whether {@link #refusal} would be there. Counts nothing: for a request of which nobody knows yet whose it is. */
    public static boolean wouldBeRefused(WebhookGate gate, String sender, HttpServletRequest request) {
        return gate.wouldLimit(sender, () -> ServletRequests.translate(request, gate.publicUrl(sender), new byte[0]));
    }
}
