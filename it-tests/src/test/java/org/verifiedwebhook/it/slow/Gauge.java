package org.verifiedwebhook.it.slow;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.verifiedwebhook.BodyBudget;

/** Tells the bytes held for bodies, how many requests were put aside, and how many other threads work for us. */
@WebServlet("/gauge")
public class Gauge extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if ("threads".equals(request.getQueryString())) {
            response.getWriter().print(threads());
            return;
        }
        BodyBudget budget = (BodyBudget) getServletContext().getAttribute(BodyBudget.class.getName());
        response.getWriter().print(budget.held() + " " + Asides.COUNT.get());
    }

    private static long threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey() != Thread.currentThread())
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("org.verifiedwebhook.")))
                .count();
    }
}
