package org.verifiedwebhook.sender;

/** What makes two requests the same delivery. */
public enum Dedupe {
    /** The verified MAC, and the delivery id where the signature covers it. */
    SIGNATURE,
    /** The hash of method, path, query and body: for senders without a MAC. */
    REQUEST,
    /** Nothing: every request is handled. */
    NONE
}
