package org.verifiedwebhook.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.DeliveryClaim;
import org.verifiedwebhook.delivery.Answer;

class AsyncEndTest {

    private static final AsyncEvent EVENT = new AsyncEvent((AsyncContext) Proxy.newProxyInstance(
            AsyncEndTest.class.getClassLoader(), new Class<?>[] {AsyncContext.class}, (self, method, args) -> null));

    private final List<String> ends = new ArrayList<>();
    private final ServerResponse server = new ServerResponse();
    private final CapturedResponse response = new CapturedResponse(server.response());
    private final AsyncEnd end = new AsyncEnd(new Claim(), response);

    private final class Claim implements DeliveryClaim {
        @Override
        public Answer complete(Answer answer) {
            ends.add("complete " + answer.status());
            return answer;
        }

        @Override
        public void release() {
            ends.add("release");
        }
    }

    @BeforeEach
    void goAsynchronous() {
        response.passThrough();
    }

    @Test
    void completion_endsTheClaimWithTheAnswer() throws IOException {
        response.setStatus(202);
        end.onComplete(EVENT);
        assertEquals(List.of("complete 202"), ends);
    }

    @Test
    void timeoutThatTheApplicationAnswers_isNoFailure() throws IOException {
        end.onTimeout(EVENT);
        assertEquals(List.of(), ends, "its own listener may come after ours");
        response.setStatus(202);
        end.onComplete(EVENT);
        assertEquals(List.of("complete 202"), ends);
    }

    @Test
    void timeoutThatNobodyAnswers_isTheServersError() throws IOException {
        end.onTimeout(EVENT);
        response.sendError(500);
        end.onComplete(EVENT);
        assertEquals(List.of("complete 500"), ends, "which releases");
    }

    @Test
    void timeoutInTheMiddleOfAnAnswer_givesTheClaimBack() throws IOException {
        response.flushBuffer();
        end.onTimeout(EVENT);
        assertEquals(List.of("release"), ends, "its status can no longer tell");
    }

    @Test
    void error_givesTheClaimBack() {
        end.onError(EVENT);
        assertEquals(List.of("release"), ends);
    }
}
