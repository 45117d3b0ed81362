package org.verifiedwebhook.jpa;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.regex.Pattern;
import org.verifiedwebhook.inbox.WebhookEvent;

/**
 * A handler of deliveries.
 *
 * @param where its name for messages
 * @param sender the sender's name
 * @param type the event type or pattern
 * @param data what it takes as data
 * @param call calls it
 */
record InboxHandler(String where, String sender, String type, Type data, Call call) {

    private static final Pattern PATTERN = Pattern.compile("\\*|[^*]+\\.\\*|[^*]+");

    /** Calls a handler. */
    @FunctionalInterface
    interface Call {
        /** @throws Exception what the handler throws, or why it cannot be called */
        void with(WebhookEvent<?> event) throws Exception;
    }

    static boolean isPattern(String type) {
        return PATTERN.matcher(type).matches();
    }

    boolean takes(Optional<String> eventType) {
        if (type.equals("*")) {
            return true;
        }
        return type.endsWith(".*")
                ? eventType
                        .filter(t -> t.startsWith(type.substring(0, type.length() - 1)))
                        .isPresent()
                : eventType.filter(type::equals).isPresent();
    }

    /** Greater for the more specific of two that take the same event type. */
    int specificity() {
        return type.endsWith("*") ? type.length() : Integer.MAX_VALUE;
    }

    /** The name of a method for messages. */
    static String where(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName() + "()";
    }
}
