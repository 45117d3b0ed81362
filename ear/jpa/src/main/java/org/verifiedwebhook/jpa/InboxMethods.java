package org.verifiedwebhook.jpa;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.verifiedwebhook.inbox.OnWebhook;
import org.verifiedwebhook.inbox.WebhookEvent;

/** Judges the {@link OnWebhook} methods of a class. */
final class InboxMethods {

    private InboxMethods() {}

    /** The annotated methods, also those that cannot be called. */
    static List<Method> in(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            for (Method method : at.getDeclaredMethods()) {
                if (method.isAnnotationPresent(OnWebhook.class) && !method.isBridge()) {
                    methods.add(method);
                }
            }
        }
        return methods;
    }

    /** Why a method cannot be called, and the cure. */
    static Optional<String> fault(Method method) {
        String where = InboxHandler.where(method) + ": ";
        if (!Modifier.isPublic(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
            return Optional.of(where + "an @OnWebhook method must be public and not static");
        }
        if (!Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
            return Optional.of(where + "the class of an @OnWebhook method must be public");
        }
        if (method.getParameterCount() != 1 || method.getParameterTypes()[0] != WebhookEvent.class) {
            return Optional.of(where + "an @OnWebhook method has one parameter, a WebhookEvent<T>");
        }
        if (!isBindable(method.getGenericParameterTypes()[0])) {
            return Optional.of(where + "its parameter must say of what it is an event: WebhookEvent<JsonObject>,"
                    + " WebhookEvent<byte[]> or one with a class of yours");
        }
        String type = method.getAnnotation(OnWebhook.class).type();
        return InboxHandler.isPattern(type)
                ? Optional.empty()
                : Optional.of(where + "type = \"" + type + "\" is neither an event type nor call.* nor *");
    }

    private static boolean isBindable(Type parameter) {
        if (!(parameter instanceof ParameterizedType event)) {
            return false;
        }
        Type data = event.getActualTypeArguments()[0];
        return !(data instanceof WildcardType) && !(data instanceof TypeVariable);
    }

    /** What a faultless method takes as data. */
    static Type data(Method method) {
        return ((ParameterizedType) method.getGenericParameterTypes()[0]).getActualTypeArguments()[0];
    }

    /** Handlers of which nobody can tell which to call. */
    static List<String> doubles(List<InboxHandler> handlers) {
        Map<List<String>, InboxHandler> seen = new HashMap<>();
        List<String> faults = new ArrayList<>();
        for (InboxHandler handler : handlers) {
            InboxHandler other = seen.putIfAbsent(List.of(handler.sender(), handler.type()), handler);
            if (other != null) {
                faults.add(handler.where() + " and " + other.where() + " both handle type \"" + handler.type()
                        + "\" of sender '" + handler.sender() + "': keep one, and let it call what has to be done");
            }
        }
        return faults;
    }
}
