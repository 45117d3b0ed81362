package org.verifiedwebhook.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.delivery.Answer;

/** What reaches the container's response, and when. */
class CapturedResponseTest {

    private final List<String> called = new ArrayList<>();
    private final CapturedResponse captured = new CapturedResponse(response());

    private HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                CapturedResponseTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, args) -> {
                    called.add(method.getName() + (args == null ? "" : Arrays.toString(args)));
                    return switch (method.getName()) {
                        case "getCharacterEncoding" -> "UTF-8";
                        case "getStatus" -> 302;
                        case "isCommitted" -> false;
                        default -> null;
                    };
                });
    }

    /** The container would send it before the delivery is recorded as handled. */
    @Test
    void redirect_isHeldBack() throws IOException {
        captured.getWriter().print("canary");
        captured.sendRedirect("/elsewhere");
        Answer answer = captured.answer();
        captured.send(answer, answer);
        assertEquals(
                List.of("resetBuffer", "setStatus[302]", "setHeader[Location, /elsewhere]"),
                called.stream().filter(c -> c.matches("(send|set[SH]|reset).*")).toList());
        assertEquals(0, answer.body().length);
    }

    /** Half of a pair at the end of one call belongs to the half at the beginning of the next. */
    @Test
    void characterInTwoCalls_isEncodedAsOne() throws IOException {
        for (char c : "a\uD83D\uDE00b".toCharArray()) {
            captured.getWriter().print(c);
        }
        assertEquals("a\uD83D\uDE00b", new String(captured.answer().body(), java.nio.charset.StandardCharsets.UTF_8));
    }
}
