package org.verifiedwebhook.jaxrs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Function;

/** Holds what is written until somebody has decided on it, or until it is too long to be held. Not thread-safe. */
final class HeldOutput extends OutputStream {

    private final OutputStream out;
    private final int max;
    private final Function<Optional<byte[]>, byte[]> decision;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean let;
    private boolean replaced;

    /**
     * @param decision called once, before the first byte leaves, with all that was written, or with nothing if it is
     *     longer than {@code max}; returns what is to leave in its place, or null
     */
    HeldOutput(OutputStream out, int max, Function<Optional<byte[]>, byte[]> decision) {
        this.out = out;
        this.max = max;
        this.decision = decision;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!let && held.size() + (long) length > max) {
            let(Optional.empty());
        }
        if (!let) {
            held.write(bytes, offset, length);
        } else if (!replaced) {
            out.write(bytes, offset, length);
        }
    }

    /** Lets it go: all is written. */
    void let() throws IOException {
        if (!let) {
            let(Optional.of(held.toByteArray()));
        }
    }

    private void let(Optional<byte[]> whole) throws IOException {
        byte[] instead = decision.apply(whole);
        let = true;
        replaced = instead != null;
        if (replaced) {
            out.write(instead);
        } else {
            held.writeTo(out);
        }
        held.reset();
    }

    @Override
    public void flush() throws IOException {
        if (let) {
            out.flush();
        }
    }

    /** Does not close: writers close what is the runtime's to close. */
    @Override
    public void close() throws IOException {
        flush();
    }
}
