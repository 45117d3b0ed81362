package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.JsonScan.Found;

/** The edges of the grammar, and of the bytes that are well-formed UTF-8 (Unicode table 3-7). */
class JsonScanTest {

    private static Map<String, Found> scan(byte[] document) throws JsonScan.MalformedException {
        return JsonScan.scan(document, JsonScan.Wanted.of(List.of("/0", "/1", "/2", "/a")));
    }

    private static Map<String, Found> scan(String document) throws JsonScan.MalformedException {
        return scan(document.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] quoted(String hex) {
        return HexFormat.of().parseHex("5b22" + hex + "225d");
    }

    @Test
    void elements_areFoundByTheirPlace() throws JsonScan.MalformedException {
        assertEquals(
                Map.of(
                        "/0", new Found(Found.Kind.NUMBER, "1"),
                        "/1", new Found(Found.Kind.TEXT, " two "),
                        "/2", new Found(Found.Kind.OTHER, "")),
                scan("[ 1 , \" two \" , [ ] , 4 ]"));
        assertEquals(Map.of("/a", new Found(Found.Kind.OTHER, "")), scan("{ \"a\" : [ 1 ] }"));
        assertEquals(Map.of("/a", new Found(Found.Kind.OTHER, "")), scan("{ \"a\" : { } }"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9", "10", "-0", "1.09", "90.9", "1e09", "0E+9", "9e-0"})
    void number_isKeptAsItIsWritten(String number) throws JsonScan.MalformedException {
        assertEquals(
                new Found(Found.Kind.NUMBER, number), scan("[" + number + "]").get("/0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[/]", "[:]", "[1./]", "[1.:]", "[1e:]", "[1:]", "[01]", "[-]", "[+1]"})
    void numberOfOtherCharacters_isMalformed(String document) {
        assertThrows(JsonScan.MalformedException.class, () -> scan(document));
    }

    @ParameterizedTest
    @CsvSource({"\\u0041, A", "\\u00AF, \u00af", "\\u00fa, \u00fa", "\\u0190, \u0190", "\\u9afF, \u9aff"})
    void escapeOfFourHexDigits_isItsCharacter(String escape, String text) throws JsonScan.MalformedException {
        assertEquals(
                new Found(Found.Kind.TEXT, text), scan("[\"" + escape + "\"]").get("/0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\u000/", "\\u000:", "\\u000@", "\\u000G", "\\u000`", "\\u000g", "\\u00", "\\U0041", "\\x41"})
    void escapeOfOtherCharacters_isMalformed(String escape) {
        assertThrows(JsonScan.MalformedException.class, () -> scan("[\"" + escape + "\"]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20",
                "7f",
                "c280",
                "dfbf",
                "e0a080",
                "e0bfbf",
                "e18080",
                "ecbfbf",
                "ed8080",
                "ed9fbf",
                "ee8080",
                "efbfbf",
                "f0908080",
                "f0bfbfbf",
                "f1808080",
                "f3bfbfbf",
                "f4808080",
                "f48fbfbf"
            })
    void wellFormedUtf8_isRead(String hex) throws JsonScan.MalformedException {
        String text = new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
        assertEquals(new Found(Found.Kind.TEXT, text), scan(quoted(hex)).get("/0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1f",
                "80",
                "bf",
                "c080",
                "c1bf",
                "c27f",
                "c2c0",
                "e09f80",
                "e0c080",
                "e17f80",
                "e1807f",
                "e180c0",
                "eda080",
                "f08f8080",
                "f0c08080",
                "f1807f80",
                "f18080c0",
                "f4908080",
                "f5808080",
                "ff"
            })
    void illFormedUtf8_isMalformed(String hex) {
        assertThrows(JsonScan.MalformedException.class, () -> scan(quoted(hex)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5b22c2", "5b22e1", "5b22e180", "5b22f1", "5b22f180", "5b22f18080", "5b22f1808080"})
    void sequenceThatTheDocumentCutsOff_isMalformed(String hex) {
        assertThrows(
                JsonScan.MalformedException.class, () -> scan(HexFormat.of().parseHex(hex)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud800", "\\udc00", "\\udc00\\ud800", "a\\ud800b"})
    void textWithNulOrALoneSurrogate_isNoName(String text) throws JsonScan.MalformedException {
        assertEquals(new Found(Found.Kind.OTHER, ""), scan("[\"" + text + "\"]").get("/0"));
        assertEquals(
                new Found(Found.Kind.TEXT, "\ud83d\ude00"),
                scan("[\"\\ud83d\\ude00\"]").get("/0"));
    }
}
