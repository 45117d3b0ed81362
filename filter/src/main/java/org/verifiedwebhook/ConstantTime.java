package org.verifiedwebhook;

import java.security.MessageDigest;

/** Compares texts that may be secret: digests of them, so that the time tells not even a usual length. */
final class ConstantTime {

    /** A length that fills two blocks of the digest, with what the digest itself puts at the end. */
    private static final int FILLED = 119;

    private ConstantTime() {}

    static boolean same(byte[] wanted, String got) {
        return MessageDigest.isEqual(digest(wanted), digest(SignedContent.utf8(got)));
    }

    private static byte[] digest(byte[] bytes) {
        MessageDigest digest = SignedContent.sha256();
        digest.update((byte) bytes.length);
        digest.update(bytes);
        // The length before them keeps texts apart that the filling would make the same.
        digest.update(new byte[Math.max(0, FILLED - 1 - bytes.length)]);
        return digest.digest();
    }
}
