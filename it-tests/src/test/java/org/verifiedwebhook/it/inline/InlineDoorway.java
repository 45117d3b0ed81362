package org.verifiedwebhook.it.inline;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import org.verifiedwebhook.servlet.WebhookFilter;

/** A servlet behind the filter, whose handlers write and then fare differently. */
@WebListener
public class InlineDoorway implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        FilterRegistration.Dynamic filter = event.getServletContext().addFilter("inline", WebhookFilter.class);
        filter.setInitParameter("sender", "edgvoip");
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/inline-servlet/*");
    }

    /** The handlers. */
    @WebServlet(urlPatterns = "/inline-servlet/*", asyncSupported = true)
    public static class Servlet extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Inject
        transient Effects effects;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String name = request.getParameter("name");
            effects.write(name);
            switch (request.getPathInfo()) {
                case "/throws-first" -> {
                    if (effects.first(name)) {
                        throw new IllegalStateException("on purpose");
                    }
                }
                case "/asynchronous" -> request.startAsync().complete();
                default -> {
                    // Nothing goes wrong.
                }
            }
            response.getWriter().print("wrote " + name);
        }
    }
}
