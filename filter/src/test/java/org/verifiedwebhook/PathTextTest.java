package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.verifiedwebhook.sender.Sender;
import org.verifiedwebhook.sender.Senders;

/** What may be told of a path in which a token stands, however the path is spelt. */
class PathTextTest {

    private static Sender sender(String from) {
        String file = "{\"alg\":\"token\",\"signature\":[{\"from\":\"" + from + "\"}]}";
        return Senders.of(Map.of("own", file)).find("own").orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "path:-1, /x/tok, /x/***",
        "path:1, /tok/x, /***/x",
        "path:2, /a/tok/c, /a/***/c",
        "path:-2, /a/tok/c, /a/***/c",
        // A slash at the end, or two, or a dot: what is read has moved, and what is meant stands beside it.
        "path:-1, /x/tok/, /x/***/***",
        "path:2, /x//tok, /x/***/***",
        "path:2, //x/tok, //***/***",
        "path:2, /x/./tok, /x/***/***",
        "path:1, /x/../tok, /***/***/***",
        "path:1, /../tok, /***/***",
        "path:2, /x/a/../tok/b, /x/***/***/***/b",
        // Not there.
        "path:3, /x/a, /x/a",
        "path:-3, /x/a, /x/a",
        "path:2, /x, /x",
    })
    void segmentOfTheToken_isHidden(String from, String path, String told) {
        assertEquals(told, PathText.told(sender(from), path));
    }

    @ParameterizedTest
    @CsvSource({"header:X-Token, /x/tok", "query:token, /x/tok"})
    void pathWithoutAToken_isToldWhole(String from, String path) {
        assertEquals(path, PathText.told(sender(from), path));
    }
}
