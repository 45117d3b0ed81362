package org.verifiedwebhook.sample.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CurlTest {

    @Test
    void command_isOneArgumentALine() {
        assertEquals(
                """
                curl -i 'http://localhost:8080/hooks' \\
                  -H 'Content-Type: text/plain' \\
                  -H 'A: b' \\
                  --data-raw 'it'\\''s'""",
                Curl.post("http://localhost:8080/hooks", "text/plain", "it's")
                        .header("A", "b")
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it's",
                "'",
                "''",
                "'; touch /x; '",
                "$(id) `id` ${HOME} $HOME !! \\ \\\\ \" *",
                "@/etc/passwd",
                "-H",
                "a\nb\n",
                "{\"name\":\"Đà Nẵng 😀\"}",
                " "
            })
    void anything_survivesTheShell(String word) throws Exception {
        String command = Curl.post("http://h/?a=" + word, "text/plain", word)
                .header("X", word)
                .toString();
        assertEquals(
                List.of(
                        "-i",
                        "http://h/?a=" + word,
                        "-H",
                        "Content-Type: text/plain",
                        "-H",
                        "X: " + word,
                        "--data-raw",
                        word),
                Shell.run(command).arguments());
    }
}
