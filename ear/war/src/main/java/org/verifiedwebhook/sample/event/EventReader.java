package org.verifiedwebhook.sample.event;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.verifiedwebhook.WebhookDelivery;

/** Reads the body of a delivery, which is verified by then, as a typed event. */
@ApplicationScoped
public class EventReader {

    private static final Logger LOG = System.getLogger(EventReader.class.getName());

    private final JsonParserFactory json = Json.createParserFactory(Map.of());
    private final Jsonb jsonb = strict();

    /** What the inbox binds with, too. */
    @Produces
    @Dependent
    public static Jsonb strict() {
        return JsonbBuilder.create(
                new JsonbConfig().withDeserializers(new WholeNumbers.OfInteger(), new WholeNumbers.OfLong()));
    }

    /**
     * Reads the event that {@link WebhookDelivery#eventType}, which is signed, names; never one that a header names.
     *
     * @return the typed event, or an {@link UnknownEvent}
     * @throws UnreadableEventException if the body does not bind
     */
    public Object read(WebhookDelivery delivery, EventTypes types) {
        Optional<Type> type = types.find(delivery.eventType());
        return type.isPresent() ? read(delivery, type.get()) : readUnknown(delivery);
    }

    /**
     * Reads the only kind of event an endpoint has.
     *
     * @throws UnreadableEventException if the body does not bind
     */
    public <T> T read(WebhookDelivery delivery, Class<T> type) {
        return type.cast(read(delivery, (Type) type));
    }

    /**
     * Reads a JSON object whose properties no type describes.
     *
     * @throws UnreadableEventException if the body is no JSON object
     */
    public UnknownEvent readUnknown(WebhookDelivery delivery) {
        requireObject(delivery);
        return new UnknownEvent(delivery.eventType());
    }

    private Object read(WebhookDelivery delivery, Type type) {
        String text = requireObject(delivery);
        try {
            return jsonb.fromJson(text, type);
        } catch (RuntimeException e) {
            // Not JsonbException alone: what a deserializer throws may come through as it is.
            throw new UnreadableEventException(delivery.sender(), "A property has another type than this event's.", e);
        }
    }

    /** The body's text. JSON-B itself takes {@code null} for any type, and does not look at what follows the object. */
    private String requireObject(WebhookDelivery delivery) {
        String text = text(delivery);
        try (JsonParser parser = json.createParser(new StringReader(text))) {
            if (parser.next() != JsonParser.Event.START_OBJECT) {
                throw new JsonException("no object");
            }
            while (parser.hasNext()) {
                parser.next();
            }
            return text;
        } catch (RuntimeException e) {
            // Not JsonException alone: too deep a nesting is answered with other exceptions.
            throw new UnreadableEventException(delivery.sender(), "The body is not a JSON object.", e);
        }
    }

    /** Strict: a lenient decoder would put U+FFFD where nobody sent it. */
    private static String text(WebhookDelivery delivery) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(delivery.rawBody()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableEventException(delivery.sender(), "The body is not UTF-8.", e);
        }
    }

    @PreDestroy
    void close() {
        try {
            jsonb.close();
        } catch (Exception e) {
            // A lifecycle method may not throw; nothing is lost, the application is going.
            LOG.log(Level.DEBUG, "JSON-B did not close", e);
        }
    }
}
