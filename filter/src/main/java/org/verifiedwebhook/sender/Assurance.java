package org.verifiedwebhook.sender;

/** How much a sender's scheme proves about a delivery. Ordered from the strongest to the weakest. */
public enum Assurance {
    /** The sender signed the delivery with a key that it shares with us or that belongs to it alone. */
    SIGNED,
    /** The sender presented a secret token; nothing binds the token to the body, which a thief of the token may choose. */
    TOKEN,
    /** The request merely names a tenant we know. Anybody who knows the name can send it: treat the content as a claim. */
    IDENTIFIED
}
