package org.verifiedwebhook;

import java.security.MessageDigest;

/** Compares texts that may be secret: digests of them, so that the time tells not even their length. */
final class ConstantTime {

    private ConstantTime() {}

    static boolean same(byte[] wanted, String got) {
        return MessageDigest.isEqual(digest(wanted), digest(SignedContent.utf8(got)));
    }

    private static byte[] digest(byte[] bytes) {
        return SignedContent.sha256().digest(bytes);
    }
}
