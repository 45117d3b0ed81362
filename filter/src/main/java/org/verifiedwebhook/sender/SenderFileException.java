package org.verifiedwebhook.sender;

/** A sender file that cannot be read, with the file, the place in it and the cure in its message. */
public final class SenderFileException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    SenderFileException(String file, String problem, Throwable cause) {
        super("sender file " + file + ": " + problem, cause);
    }
}
