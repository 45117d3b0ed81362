package org.verifiedwebhook.sender;

import java.util.List;
import java.util.Optional;

/** Finds senders by name: the built-in ones, and the application's own files. */
public final class Senders {

    private Senders() {}

    /** The built-in senders, and the application's own files {@code META-INF/webhook-senders/<name>.json}. */
    public static Senders standard() {
        return new Senders();
    }

    /**
     * The sender of that name.
     *
     * @throws SenderFileException if its file cannot be read
     */
    public Optional<Sender> find(String name) {
        throw new UnsupportedOperationException();
    }

    /** The names of the built-in senders, sorted. */
    public List<String> builtIn() {
        throw new UnsupportedOperationException();
    }
}
