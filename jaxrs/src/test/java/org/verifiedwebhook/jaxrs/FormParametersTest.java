package org.verifiedwebhook.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormParametersTest {

    @ParameterizedTest
    @CsvSource({
        // type, length of the body, query, values among the parameters, read before
        "application/x-www-form-urlencoded, 0, , 0, false",
        "application/x-www-form-urlencoded, 0, , 1, true",
        "application/x-www-form-urlencoded;charset=UTF-8, 0, , 1, true",
        "APPLICATION/X-WWW-FORM-URLENCODED, 0, , 1, true",
        "application/x-www-form-urlencoded, 0, a=1, 1, false",
        "application/x-www-form-urlencoded, 0, a=1&&b, 2, false",
        "application/x-www-form-urlencoded, 0, a=1&b, 3, true",
        "application/x-www-form-urlencoded, 3, , 1, false",
        "text/plain, 0, , 1, false",
        ", 0, , 1, false"
    })
    void parametersThatTheQueryDoesNotExplain_wereReadFromTheBody(
            String type, int length, String query, int values, boolean readBefore) {
        Map<String, Function<Object[], Object>> methods = new HashMap<>();
        methods.put("getContentType", a -> type);
        methods.put("getQueryString", a -> query);
        methods.put("getParameterMap", a -> Map.of("a", new String[values]));
        HttpServletRequest request = Fakes.fake(HttpServletRequest.class, methods);
        assertEquals(readBefore, FormParameters.wereReadFromBody(request, new byte[length]));
    }
}
