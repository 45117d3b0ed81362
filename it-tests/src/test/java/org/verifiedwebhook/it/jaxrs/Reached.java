package org.verifiedwebhook.it.jaxrs;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts how often a method was reached, for tests to ask from outside. Open to all. */
@WebServlet("/reached")
public class Reached extends HttpServlet {

    private static final Map<String, Integer> COUNTS = new ConcurrentHashMap<>();

    /** Counts one more. */
    public static int count(String what) {
        return COUNTS.merge(what, 1, Integer::sum);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(COUNTS.getOrDefault(String.valueOf(request.getQueryString()), 0));
    }
}
