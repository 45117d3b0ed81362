package org.verifiedwebhook.jaxrs;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;

/** Objects that can do just what a test needs. */
final class Fakes {

    private Fakes() {}

    /** An object whose methods are those functions of their arguments, by name; the others fail. */
    static <T> T fake(Class<T> type, Map<String, Function<Object[], Object>> methods) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            Function<Object[], Object> function = methods.get(method.getName());
            if (function == null) {
                throw new UnsupportedOperationException(method.toString());
            }
            return function.apply(args);
        }));
    }
}
