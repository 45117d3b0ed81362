package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.verifiedwebhook.SignedRequests.utf8;

import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.sender.Algorithm;

/** Keys and texts of every length: what is made so that their time is the same must stay what it was. */
class MacKeyTest {

    @ParameterizedTest
    @CsvSource({"HMAC_SHA1", "HMAC_SHA256", "HMAC_SHA512"})
    void macWithAKeyOfAnyLength_isThePlatforms(Algorithm algorithm) throws GeneralSecurityException {
        byte[] text = utf8("what is signed");
        for (int length = 1; length < 300; length++) {
            byte[] key = utf8("k".repeat(length));
            Mac mac = Mac.getInstance(algorithm.jcaName());
            mac.init(new SecretKeySpec(key, algorithm.jcaName()));
            assertArrayEquals(mac.doFinal(text), Signatures.tag(algorithm, key, new SignedContent(List.of(text))));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 54, 55, 117, 118, 119, 120, 255, 256, 257, 1000})
    void texts_areTheSameIfTheyAre(int length) {
        String text = "a".repeat(length);
        assertTrue(ConstantTime.same(utf8(text), text));
        for (String other : List.of(text + "a", text + "\0", text + "\0".repeat(256), "b" + text, "\0" + text)) {
            assertFalse(ConstantTime.same(utf8(text), other));
            assertFalse(ConstantTime.same(utf8(other), text));
        }
    }

    @Test
    void textsThatDifferInOnePlace_areNotTheSame() {
        String text = "a".repeat(40);
        for (int i = 0; i < text.length(); i++) {
            assertFalse(ConstantTime.same(utf8(text), text.substring(0, i) + "b" + text.substring(i + 1)));
        }
    }
}
