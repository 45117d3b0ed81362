package org.verifiedwebhook.jpa;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.time.Instant;

/**
 * Stores instants as milliseconds since 1970. Jakarta Persistence 3.1 does not know {@link Instant}, and the ways around
 * it through SQL time stamps differ by provider, driver and the server's time zone. Public because persistence units list
 * it.
 */
@Converter
public class InstantConverter implements AttributeConverter<Instant, Long> {

    @Override
    public Long convertToDatabaseColumn(Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    @Override
    public Instant convertToEntityAttribute(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
