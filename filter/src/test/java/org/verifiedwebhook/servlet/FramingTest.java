package org.verifiedwebhook.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingTest {

    private static HttpServletRequest request(String protocol, String head) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                FramingTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, args) -> switch (method.getName()) {
                    case "getProtocol" -> protocol;
                    case "getHeaders" -> Collections.enumeration(values(head, (String) args[0]));
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    private static List<String> values(String head, String name) {
        return Arrays.stream(head.split("\\|"))
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length:5",
        "Content-Length:0|Host:a",
        "Transfer-Encoding:chunked",
        "Transfer-Encoding:Chunked|Host:a",
        "Host:a"
    })
    void plainHead_isUnambiguous(String head) {
        assertEquals(false, ServletRequests.isAmbiguous(request("HTTP/1.1", head)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "Transfer-Encoding:identity, chunked",
                "Transfer-Encoding:x, chunked",
                "Transfer-Encoding:chunked, chunked",
                "Transfer-Encoding:\"chunked\"",
                "Transfer-Encoding:identity",
                "Transfer-Encoding:gzip",
                "Transfer-Encoding:",
                "Transfer-Encoding:c\u0068un\u212Aed",
                "Transfer-Encoding:chunked;q=1",
                "Transfer-Encoding:chunked|Transfer-Encoding:chunked",
                "Transfer-Encoding:chunked|Content-Length:5",
                "Content-Length:5|Content-Length:5",
                "Content-Length:5|Content-Length:6",
                "Content-Length:5, 5",
                "Content-Length:+5",
                "Content-Length:\u0665",
                "Host:a|Host:a",
                "Host:a|Host:b"
            })
    void headThatCanBeReadInTwoWays_isAmbiguous(String head) {
        assertEquals(true, ServletRequests.isAmbiguous(request("HTTP/1.1", head)));
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.0,true", "HTTP/1.1,false", "HTTP/2.0,false"})
    void chunksBeforeThereWereAny_areAmbiguous(String protocol, boolean ambiguous) {
        assertEquals(ambiguous, ServletRequests.isAmbiguous(request(protocol, "Transfer-Encoding:chunked")));
    }
}
