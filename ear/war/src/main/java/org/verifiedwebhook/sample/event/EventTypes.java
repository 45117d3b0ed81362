package org.verifiedwebhook.sample.event;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;

/**
 * The event types a sender has, each with the Java type its body binds to.
 *
 * @param types by event type
 */
public record EventTypes(Map<String, Type> types) {
    public EventTypes {
        types = Map.copyOf(types);
    }

    /** The Java type of an event type; empty if this sender's documents know no such event. */
    Optional<Type> find(Optional<String> eventType) {
        return eventType.map(types::get);
    }

    /** The type {@code envelope<data>}. */
    public static Type envelope(Class<?> envelope, Class<?> data) {
        return new Envelope(envelope, data);
    }

    private record Envelope(Class<?> envelope, Class<?> data) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {data};
        }

        @Override
        public Type getRawType() {
            return envelope;
        }

        @Override
        public Type getOwnerType() {
            return null;
        }
    }
}
