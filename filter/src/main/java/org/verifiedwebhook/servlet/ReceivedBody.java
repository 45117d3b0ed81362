package org.verifiedwebhook.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import java.util.Objects;
import java.util.Optional;
import org.verifiedwebhook.BodyBudget;
import org.verifiedwebhook.sender.Reason;

/**
 * A body as it was received, verified by nobody, or why it was not. Travels with its request as an attribute; only this
 * package can make one.
 */
public final class ReceivedBody {

    private static final String ATTRIBUTE = ReceivedBody.class.getName();

    private final byte[] bytes;
    private final Optional<Reason> reason;
    private final Optional<BodyBudget.Share> share;
    private boolean kept;

    private ReceivedBody(byte[] bytes, Optional<Reason> reason, Optional<BodyBudget.Share> share) {
        this.bytes = bytes;
        this.reason = reason;
        this.share = share;
    }

    static ReceivedBody whole(byte[] bytes, BodyBudget.Share share) {
        return new ReceivedBody(Objects.requireNonNull(bytes), Optional.empty(), Optional.of(share));
    }

    static ReceivedBody failed(Reason reason) {
        return new ReceivedBody(new byte[0], Optional.of(reason), Optional.empty());
    }

    /** Nobody has read a byte, because there is none or because somebody else has. */
    static ReceivedBody untouched() {
        return new ReceivedBody(new byte[0], Optional.empty(), Optional.empty());
    }

    /** What was received of {@code request} before JAX-RS saw it; empty if nothing was. */
    public static Optional<ReceivedBody> of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof ReceivedBody body ? Optional.of(body) : Optional.empty();
    }

    /** Leaves it for {@link #of}. */
    void attachTo(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** The bytes, not a copy: do not write them. None if there is a {@link #reason}. */
    public byte[] bytes() {
        return bytes;
    }

    /** Why the body could not be had; empty if it could. */
    public Optional<Reason> reason() {
        return reason;
    }

    /** Holds the memory until an asynchronous handler is through. Call it before anybody can complete the request. */
    void keepFor(AsyncContext context) {
        kept = true;
        context.addListener(new Closing());
    }

    /** Whether nobody has read a byte: there is none, or somebody else has it. */
    public boolean isUntouched() {
        return reason.isEmpty() && share.isEmpty();
    }

    /** Gives the memory back, unless an asynchronous handler is at work. */
    public void handled() {
        if (!kept) {
            share.ifPresent(BodyBudget.Share::close);
        }
    }

    private final class Closing implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            share.ifPresent(BodyBudget.Share::close);
        }

        @Override
        public void onError(AsyncEvent event) {
            share.ifPresent(BodyBudget.Share::close);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // The application may still answer; onComplete follows.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
