package org.verifiedwebhook.servlet;

import jakarta.servlet.ServletRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.verifiedwebhook.WebhookDelivery;

/**
 * The proof that {@link WebhookFilter} admitted a request, bound to the bytes it verified. Travels with the request as an
 * attribute; only this package can make one.
 */
public final class AdmittedRequest {

    private static final String ATTRIBUTE = AdmittedRequest.class.getName();

    private final WebhookDelivery delivery;
    private final byte[] body;

    AdmittedRequest(WebhookDelivery delivery, byte[] body) {
        this.delivery = Objects.requireNonNull(delivery);
        this.body = body;
    }

    /** The proof that {@code request} was admitted as a delivery of {@code sender}; empty if it was not. */
    public static Optional<AdmittedRequest> of(ServletRequest request, String sender) {
        return of(request).filter(a -> a.delivery.sender().equals(sender));
    }

    /** The proof that {@code request} was admitted; empty if it was not. */
    static Optional<AdmittedRequest> of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof AdmittedRequest admitted
                ? Optional.of(admitted)
                : Optional.empty();
    }

    void attachTo(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** The delivery. */
    public WebhookDelivery delivery() {
        return delivery;
    }

    /** The verified bytes, from the beginning: what anybody put in the request's place since does not count. */
    public InputStream body() {
        return new ByteArrayInputStream(body);
    }

    /** The bytes themselves, for this package, which does not write them. */
    byte[] bytes() {
        return body;
    }
}
