package org.verifiedwebhook.embedded.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.verifiedwebhook.BodyBudget;
import org.verifiedwebhook.servlet.WebhookFilter;

/** What an application may do behind the filter, by the last part of the path; counts how often it got to do it. */
public final class ContractServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int LARGE = 2 << 20;
    private static final Map<String, Integer> RUNS = new ConcurrentHashMap<>();

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.getServletPath().equals("/runs")) {
            response.getWriter().print(RUNS.getOrDefault(request.getParameter("body"), 0));
            return;
        }
        if (request.getServletPath().equals("/held")) {
            BodyBudget budget = (BodyBudget) getServletContext().getAttribute(BodyBudget.class.getName());
            response.getWriter().print(budget.held());
            return;
        }
        String body = new String(WebhookFilter.delivery(request).rawBody(), StandardCharsets.UTF_8);
        boolean first = request.getDispatcherType() != DispatcherType.REQUEST || RUNS.merge(body, 1, Integer::sum) == 1;
        run(action(request), first, request, response);
    }

    private static String action(HttpServletRequest request) {
        String included = (String) request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO);
        return included == null ? request.getPathInfo() : included;
    }

    private static void run(String action, boolean first, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        switch (action) {
            case "/echo" -> echo(request, response);
            case "/reader" -> answer(response, request.getReader().readLine());
            case "/parameters" ->
                answer(
                        response,
                        String.join(",", request.getParameterValues("a")) + " " + request.getParameter("b") + " "
                                + request.getParameterMap().keySet());
            case "/parts" -> parts(request, response);
            case "/async" -> async(request.startAsync(), first);
            case "/async-arguments" ->
                async(request.startAsync(new HttpServletRequestWrapper(request), response), first);
            case "/async-failing" -> failing(request.startAsync(), first);
            case "/async-silent" -> silent(request.startAsync(), first);
            case "/listener" -> listen(request.startAsync());
            case "/dispatch" -> request.startAsync().dispatch("/hooks/echo");
            case "/dispatch-out" -> request.startAsync().dispatch("/inner/echo");
            case "/forward" -> request.getRequestDispatcher("/hooks/echo?b=2").forward(request, response);
            case "/forward-out" ->
                request.getRequestDispatcher("/inner/echo?b=2").forward(request, response);
            case "/include" -> request.getRequestDispatcher("/hooks/echo").include(request, response);
            case "/include-out" -> request.getRequestDispatcher("/inner/echo").include(request, response);
            case "/send-error" -> {
                response.getWriter().print("canary");
                response.sendError(410, "gone for good");
            }
            case "/reset" -> {
                response.setHeader("X-Canary", "canary");
                response.getWriter().print("canary");
                response.reset();
                answer(response, "clean");
            }
            case "/redirect" -> {
                response.getWriter().print("canary");
                response.sendRedirect("/elsewhere?x=1");
            }
            case "/umlaut" -> {
                response.setContentType("text/plain");
                response.getWriter().print("ä");
            }
            case "/large" -> response.getOutputStream().write("x".repeat(LARGE).getBytes(StandardCharsets.US_ASCII));
            case "/throw" -> {
                if (first) {
                    throw new IllegalStateException("the handler failed");
                }
                echo(request, response);
            }
            default -> response.sendError(404);
        }
    }

    private static void echo(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String text = request.getDispatcherType() + " "
                + WebhookFilter.delivery(request).sender() + " " + request.getParameter("b") + " "
                + text(request.getInputStream());
        response.getWriter().print(text);
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpServletResponse response, String text) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(text);
    }

    private static void parts(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            answer(response, "parts: " + request.getParts().size());
        } catch (ServletException e) {
            answer(response, e.getMessage());
        }
    }

    private static void async(AsyncContext context, boolean first) {
        context.start(() -> {
            try {
                PrintWriter out = context.getResponse().getWriter();
                out.print((first ? "first " : "again ")
                        + text(context.getRequest().getInputStream()));
                out.flush();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } finally {
                context.complete();
            }
        });
    }

    private static void failing(AsyncContext context, boolean first) {
        if (first) {
            ((HttpServletResponse) context.getResponse()).setStatus(500);
            context.complete();
        } else {
            async(context, false);
        }
    }

    private static void silent(AsyncContext context, boolean first) {
        if (first) {
            context.setTimeout(200);
        } else {
            async(context, false);
        }
    }

    private static void listen(AsyncContext context) throws IOException {
        ServletInputStream in = context.getRequest().getInputStream();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        in.setReadListener(new ReadListener() {
            @Override
            public void onDataAvailable() throws IOException {
                while (in.isReady() && !in.isFinished()) {
                    read.write(in.read());
                }
            }

            @Override
            public void onAllDataRead() throws IOException {
                context.getResponse().getWriter().print("listened " + read.toString(StandardCharsets.UTF_8));
                context.complete();
            }

            @Override
            public void onError(Throwable failure) {
                context.complete();
            }
        });
    }
}
