package org.verifiedwebhook.it.stall;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Stalls an answer where the header {@value #HEADER} says: {@value #BEFORE} its first byte, or {@value #AFTER} it. The
 * server can be killed there.
 */
public final class Stalling extends HttpFilter implements ServletContainerInitializer {

    public static final String HEADER = "X-Stall";
    public static final String BEFORE = "before";
    public static final String AFTER = "after";
    /** What it prints when it stalls, with the header's value after it. */
    public static final String SAYS = "Stalling an answer: ";

    private static final long serialVersionUID = 1L;
    private static final long MILLIS = 20_000;

    @Override
    public void onStartup(Set<Class<?>> ignored, ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter("stalling", new Stalling());
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String where = request.getHeader(HEADER);
        chain.doFilter(request, where == null ? response : new StalledResponse(response, where));
    }

    private static final class StalledResponse extends HttpServletResponseWrapper {
        private final String where;

        StalledResponse(HttpServletResponse response, String where) {
            super(response);
            this.where = where;
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return new StalledStream(super.getOutputStream(), where);
        }
    }

    private static final class StalledStream extends ServletOutputStream {
        private final ServletOutputStream out;
        private final String where;

        StalledStream(ServletOutputStream out, String where) {
            this.out = out;
            this.where = where;
        }

        @Override
        public void write(int b) throws IOException {
            if (where.equals(BEFORE)) {
                stall();
            }
            out.write(b);
            out.flush();
            stall();
        }

        private void stall() {
            System.out.println(SAYS + where);
            try {
                Thread.sleep(MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }
}
