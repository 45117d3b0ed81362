package org.verifiedwebhook.inbox;

/** Where a delivery in the inbox stands. */
public enum InboxState {
    /** Waits for its first or next attempt. */
    READY,
    /** Is being handled; if its lease is over, it waits to be taken up again. */
    RUNNING,
    /** Handled; what the handler did in its transaction is committed. */
    DONE,
    /** Given up: too many attempts failed, or its body does not bind. Stays until it is redriven or purged. */
    DEAD,
    /** No handler takes its event type. Stays until it is redriven or purged. */
    UNHANDLED
}
