package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.verifiedwebhook.sender.Encoding;

/** One signature, one spelling. */
class TagsTest {

    private static final byte[] BYTES = {0, (byte) 0xFB, (byte) 0xEF};

    @ParameterizedTest
    @CsvSource({"HEX, 00fbef", "HEX, 00FbEF", "HEX_LOWER, 00fbef", "BASE64, APvv", "BASE64URL, APvv"})
    void canonicalSpelling_isDecoded(Encoding encoding, String text) {
        assertArrayEquals(BYTES, Tags.decode(encoding, text));
    }

    @ParameterizedTest
    @CsvSource({
        "HEX, 00fbe",
        "HEX, 00fbeg",
        "HEX, 00:bef",
        "HEX, 00`bef",
        "HEX, 00@bef",
        "HEX, 00/bef",
        "HEX, 00Gbef",
        "HEX_LOWER, 00FBEF",
        "HEX_LOWER, 00fBef",
        "BASE64, APv",
        "BASE64, AP==v",
        "BASE64, AP-_",
        "BASE64, AB==",
        "BASE64, AA",
        "BASE64URL, AA==",
        "BASE64URL, AB",
        "BASE64URL, AP+/",
        "BASE64URL, A"
    })
    void anyOtherSpelling_isNone(Encoding encoding, String text) {
        assertNull(Tags.decode(encoding, text));
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void emptyText_isNoTag(Encoding encoding) {
        assertNull(Tags.decode(encoding, ""));
    }
}
