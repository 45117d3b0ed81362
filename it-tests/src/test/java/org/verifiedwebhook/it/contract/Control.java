package org.verifiedwebhook.it.contract;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lets the tests see and steer {@link Echo}. */
@WebServlet("/control/*")
public class Control extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getPathInfo()) {
            case "/close" -> Echo.close();
            case "/open" -> Echo.open();
            default -> response.getWriter().print(Echo.RUNS.get());
        }
    }
}
