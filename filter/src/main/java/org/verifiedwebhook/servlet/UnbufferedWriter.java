package org.verifiedwebhook.servlet;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;

/**
 * Encodes at once and keeps nothing back: what a handler wrote is there when it resets its answer, and when a container
 * ends an asynchronous one without asking anybody to flush.
 */
final class UnbufferedWriter extends Writer {

    private final OutputStream out;
    private final OutputStreamWriter encoder;

    UnbufferedWriter(OutputStream out, String encoding) throws IOException {
        this.out = out;
        this.encoder = new OutputStreamWriter(new Deaf(out), encoding);
    }

    /** To flush the encoder is not to flush the answer, which would commit it. */
    private static final class Deaf extends FilterOutputStream {
        Deaf(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() {}
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        encoder.write(text, offset, length);
        encoder.flush();
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
