package org.verifiedwebhook.it.contract;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** Lets the tests see and steer {@link Echo}. */
@WebServlet("/control/*")
public class Control extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String COUNTER = "/counter/";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getPathInfo().startsWith(COUNTER)) {
            String attribute = request.getPathInfo().substring(COUNTER.length());
            response.getWriter().print(counter(request.getContextPath(), attribute));
            return;
        }
        switch (request.getPathInfo()) {
            case "/close" -> Echo.close();
            case "/open" -> Echo.open();
            default -> response.getWriter().print(Echo.RUNS.get());
        }
    }

    private static Object counter(String application, String attribute) throws IOException {
        try {
            return ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(
                            new ObjectName("org.verifiedwebhook:type=Webhooks,name=" + ObjectName.quote(application)),
                            attribute);
        } catch (JMException e) {
            throw new IOException(e);
        }
    }
}
