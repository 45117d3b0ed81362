package org.verifiedwebhook.secret;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A secret as it was configured, with the label it is known by in logs and the time in which it counts.
 *
 * <p>Immutable; its bytes never appear in {@link #toString}. A secret with no content, only of blanks or NULs, or of the
 * text {@code null} cannot be made, so it can never verify anything.
 */
public final class Secret {

    private final String label;
    private final byte[] bytes;
    private final Optional<Instant> validFrom;
    private final Optional<Instant> validUntil;

    private Secret(String label, byte[] bytes, Optional<Instant> validFrom, Optional<Instant> validUntil) {
        this.label = label;
        this.bytes = bytes;
        this.validFrom = validFrom;
        this.validUntil = validUntil;
    }

    /**
     * A secret that is always valid.
     *
     * @param label its name in logs and in {@code WebhookDelivery.secretLabel()}; not secret
     * @param bytes copied; the caller may overwrite its own
     * @throws IllegalArgumentException if there is nothing in it but blanks or NULs, or the text {@code null}, which is
     *     what carelessness makes of a missing value
     */
    public static Secret of(String label, byte[] bytes) {
        Objects.requireNonNull(label, "label");
        boolean blank = true;
        for (byte b : bytes) {
            blank &= b >= 0 && b <= ' ';
        }
        if (blank) {
            throw new IllegalArgumentException("secret '" + label + "' is empty or blank: it would verify nothing");
        }
        if (new String(bytes, StandardCharsets.ISO_8859_1).trim().equalsIgnoreCase("null")) {
            throw new IllegalArgumentException("secret '" + label + "' is the text null: everybody can guess it");
        }
        return new Secret(label, bytes.clone(), Optional.empty(), Optional.empty());
    }

    /** {@link #of} with the UTF-8 bytes of {@code text}, for stores that hand out text. */
    public static Secret ofText(String label, String text) {
        return of(label, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same secret, counting only from {@code instant} on. */
    public Secret validFrom(Instant instant) {
        return new Secret(label, bytes, Optional.of(instant), validUntil);
    }

    /** The same secret, counting only before {@code instant}. */
    public Secret validUntil(Instant instant) {
        return new Secret(label, bytes, validFrom, Optional.of(instant));
    }

    /** The name it is known by in logs. */
    public String label() {
        return label;
    }

    /** A copy of the bytes. Call it only to make a key. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** Since when it counts, if that is known. */
    public Optional<Instant> validFrom() {
        return validFrom;
    }

    /** Whether it counts at {@code now}. */
    public boolean activeAt(Instant now) {
        return validFrom.map(from -> !now.isBefore(from)).orElse(true)
                && validUntil.map(now::isBefore).orElse(true);
    }

    @Override
    public String toString() {
        return "Secret[" + label + ", ***]";
    }
}
