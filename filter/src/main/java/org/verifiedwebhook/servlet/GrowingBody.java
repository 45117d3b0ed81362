package org.verifiedwebhook.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.verifiedwebhook.BodyBudget;
import org.verifiedwebhook.sender.Reason;

/** A body while it arrives. Its memory grows with what has arrived, never with what was declared. */
final class GrowingBody {

    private static final int FIRST = 1 << 12;

    private final long declared;
    private final int max;
    private final BodyBudget.Share share;
    private byte[] bytes = {};
    private int size;

    /** @param declared the declared length; negative if unknown */
    GrowingBody(long declared, int max, BodyBudget.Share share) {
        this.declared = declared;
        this.max = max;
        this.share = share;
    }

    private int most() {
        return declared >= 0 ? (int) Math.min(declared, max) : max;
    }

    /** Whether every declared byte is here. */
    boolean complete() {
        return size == declared;
    }

    /** Whether some of the declared bytes are here, and some are not. */
    boolean lacksDeclared() {
        return size > 0 && size < declared;
    }

    /**
     * Reads once.
     *
     * @return what the stream returned
     * @throws BodyException if the body is too long, or there is no memory for it
     */
    int readOnce(InputStream in) throws IOException, BodyException {
        if (size == most()) {
            // One byte more tells the end from a body that is too long.
            int surplus = in.read(new byte[1]);
            if (surplus > 0) {
                throw new BodyException(Reason.BODY_TOO_LARGE);
            }
            return surplus;
        }
        makeRoom();
        int read = in.read(bytes, size, bytes.length - size);
        size += Math.max(read, 0);
        return read;
    }

    /** Reads what the stream has at hand, and does not wait for more. */
    void readAvailable(InputStream in) throws IOException, BodyException {
        while (!complete() && in.available() > 0 && readOnce(in) > 0) {
            continue;
        }
    }

    private void makeRoom() throws BodyException {
        if (size < bytes.length) {
            return;
        }
        int room = (int) Math.min(most(), Math.max(FIRST, 2L * bytes.length));
        if (!share.grow(room - bytes.length)) {
            throw new BodyException(Reason.BUDGET_EXHAUSTED);
        }
        bytes = Arrays.copyOf(bytes, room);
    }

    /**
     * The body, when the stream is at its end.
     *
     * @throws BodyException if it is shorter than declared
     */
    byte[] whole() throws BodyException {
        // Nothing at all means that somebody else has read it, which the gate tells apart.
        if (declared > 0 && size > 0 && size < declared) {
            throw new BodyException(Reason.BODY_TRUNCATED);
        }
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
}
