package org.verifiedwebhook.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What a container's response does, as far as these tests need it. */
final class ServerResponse implements InvocationHandler {

    final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    int status = 200;
    String contentType;
    boolean committed;
    String redirect;

    HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                ServerResponse.class.getClassLoader(), new Class<?>[] {HttpServletResponse.class}, this);
    }

    String text() {
        return sent.toString(StandardCharsets.UTF_8);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) {
        switch (method.getName()) {
            case "getStatus":
                return status;
            case "setStatus":
                status = committed ? status : (int) args[0];
                return null;
            case "sendError":
                status = (int) args[0];
                committed = true;
                return null;
            case "sendRedirect":
                status = 302;
                redirect = (String) args[0];
                committed = true;
                return null;
            case "setHeader":
                headers.put((String) args[0], (String) args[1]);
                return null;
            case "setContentType":
                contentType = (String) args[0];
                return null;
            case "getContentType":
                return contentType;
            case "setContentLength":
                return null;
            case "setCharacterEncoding":
                return null;
            case "getCharacterEncoding":
                return "UTF-8";
            case "isCommitted":
                return committed;
            case "flushBuffer":
                committed = true;
                return null;
            case "reset":
                status = 200;
                contentType = null;
                headers.clear();
                return null;
            case "resetBuffer":
                return null;
            case "getOutputStream":
                return new Out();
            default:
                throw new UnsupportedOperationException(method.toString());
        }
    }

    private final class Out extends ServletOutputStream {
        @Override
        public void write(int b) {
            sent.write(b);
        }

        @Override
        public void flush() {
            committed = true;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
