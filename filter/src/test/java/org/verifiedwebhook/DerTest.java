package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An ECDSA signature has one spelling; integers are of at most two bytes here, so that the cases can be read. */
class DerTest {

    @ParameterizedTest
    @CsvSource({
        "30 06 02 01 01 02 01 01, the smallest",
        "30 06 02 01 7f 02 01 7f, one byte",
        "30 08 02 02 00 80 02 02 00 80, a zero before a high bit",
        "30 08 02 02 01 00 02 02 7f ff, two bytes",
        "30 0a 02 03 00 80 00 02 03 00 ff ff, the greatest"
    })
    void canonicalPair_isOne(String hex, String what) {
        assertEquals(true, canonical(hex), what);
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty",
        "30 05 02 01 01 02 00, an empty integer",
        "30 06 02 00 02 02 01 01, an empty integer first",
        "30 04 02 01 01 02, too short",
        "30 06 02 01 00 02 01 01, zero",
        "30 06 02 01 01 02 01 00, zero last",
        "30 06 02 01 80 02 01 01, negative",
        "30 06 02 01 01 02 01 ff, negative last",
        "30 07 02 02 00 01 02 01 01, padded",
        "30 07 02 02 00 7f 02 01 01, padded",
        "30 07 02 01 01 02 02 00 7f, padded last",
        "30 0a 02 03 01 00 00 02 03 00 ff ff, too great",
        "30 0b 02 04 00 80 00 00 02 03 00 ff ff, too long",
        "30 09 02 04 00 80 00 00 02 01 01, too long",
        "31 06 02 01 01 02 01 01, no sequence",
        "30 05 02 01 01 02 01 01, wrong length",
        "30 07 02 01 01 02 01 01, wrong length",
        "30 81 06 02 01 01 02 01 01, length in two bytes",
        "30 06 03 01 01 02 01 01, no integer",
        "30 06 02 01 01 03 01 01, no integer last",
        "30 07 02 01 01 02 01 01 00, text after the integers",
        "30 06 02 01 01 02 01 01 00, text after the sequence",
        "30 06 02 04 01 02 01 01, the first runs over the second",
        "30 06 02 01 01 02 02 01, the second runs over the end",
        "30 06 02 03 01 02 01 01, nothing left for the second",
        "30 06 02 80 01 02 01 01, negative length"
    })
    void anythingElse_isNone(String hex, String what) {
        assertEquals(false, canonical(hex), what);
    }

    @Test
    void everyOtherByteInAPair_makesAnotherPairOrNone() {
        byte[] good = bytes("30 08 02 02 00 80 02 02 00 80");
        int left = 0;
        for (int i = 0; i < good.length; i++) {
            for (int b = 0; b < 256; b++) {
                byte[] other = good.clone();
                other[i] = (byte) b;
                left += Der.isCanonicalPair(other, 2) ? 1 : 0;
            }
        }
        // The head, tags and lengths stand; a first byte may be 0 to 127, a second after zero 128 to 255.
        assertEquals(6 + 2 * 128 + 2 * 128, left);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static boolean canonical(String hex) {
        return Der.isCanonicalPair(bytes(hex), 2);
    }
}
