package org.verifiedwebhook;

/** The one thing of DER (X.690) that ECDSA signatures need. */
final class Der {

    private Der() {}

    /**
     * Whether {@code bytes} is, to the byte, the DER encoding of a sequence of two positive integers of at most
     * {@code size} bytes each. The JDK's own reader is more lenient, so that one signature would have many spellings.
     */
    static boolean isCanonicalPair(byte[] bytes, int size) {
        if (bytes.length < 8 || bytes.length > 6 + 2 * (size + 1) || bytes[0] != 0x30 || bytes[1] != bytes.length - 2) {
            return false;
        }
        int second = integerEnd(bytes, 2, size);
        return second > 0 && second < bytes.length && integerEnd(bytes, second, size) == bytes.length;
    }

    /** Where the integer at {@code at} ends; -1 if there is none. */
    private static int integerEnd(byte[] bytes, int at, int size) {
        if (at + 2 >= bytes.length || bytes[at] != 0x02) {
            return -1;
        }
        int length = bytes[at + 1];
        int end = at + 2 + length;
        if (length < 1 || length > size + 1 || end > bytes.length) {
            return -1;
        }
        byte first = bytes[at + 2];
        boolean negative = first < 0;
        boolean padded = first == 0 && (length == 1 || bytes[at + 3] >= 0);
        boolean tooLong = length == size + 1 && first != 0;
        return negative || padded || tooLong ? -1 : end;
    }
}
