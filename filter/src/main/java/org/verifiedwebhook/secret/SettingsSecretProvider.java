package org.verifiedwebhook.secret;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Secrets from {@link Settings}: {@code secret}, beside it {@code secret-next} and {@code secret-previous}, which count
 * all three, the last only until {@code secret-previous-until} (an ISO 8601 instant) if that is set. The same four under
 * {@code tenants/<tenant>/} for each tenant.
 *
 * <p>A secret shorter than {@value #FLOOR} bytes is refused unless {@code allow-short-secrets} is {@code true}.
 */
public final class SettingsSecretProvider implements SecretProvider {

    /** The least number of bytes; 32 or more are recommended. */
    public static final int FLOOR = 16;

    private final Settings settings;

    /** A provider over these settings. */
    public SettingsSecretProvider(Settings settings) {
        this.settings = settings;
    }

    @Override
    public SecretSet secretsFor(SecretRequest request) {
        List<Secret> secrets = new ArrayList<>();
        secret(request, SettingKey.SECRET).ifPresent(secrets::add);
        secret(request, SettingKey.SECRET_NEXT).ifPresent(secrets::add);
        secret(request, SettingKey.SECRET_PREVIOUS)
                .map(s -> limited(request, s))
                .ifPresent(secrets::add);
        return new SecretSet(secrets);
    }

    private static SettingName name(SecretRequest request, SettingKey key) {
        return request.tenant()
                .map(tenant -> SettingName.ofTenant(request.sender(), tenant, key.key()))
                .orElseGet(() -> SettingName.of(request.sender(), key.key()));
    }

    private Optional<Secret> secret(SecretRequest request, SettingKey key) {
        SettingName name = name(request, key);
        Optional<Secret> secret = settings.find(name).map(text -> secret(name, text));
        boolean tooShort = secret.isPresent() && secret.get().length() < FLOOR;
        if (tooShort
                && !settings.find(request.sender(), SettingKey.ALLOW_SHORT_SECRETS)
                        .equals(Optional.of("true"))) {
            throw new SecretUnavailableException(
                    "setting " + name + " is shorter than " + FLOOR + " bytes: use a longer secret, or set webhook/"
                            + request.sender() + "/" + SettingKey.ALLOW_SHORT_SECRETS + " to true");
        }
        return secret;
    }

    private static Secret secret(SettingName name, String text) {
        try {
            return Secret.ofText(name.key(), text);
        } catch (IllegalArgumentException e) {
            throw new SecretUnavailableException(
                    "setting " + name
                            + " holds nothing but blanks or NULs, or the text null: configure the sender's secret",
                    e);
        }
    }

    private Secret limited(SecretRequest request, Secret previous) {
        SettingName name = name(request, SettingKey.SECRET_PREVIOUS_UNTIL);
        try {
            return settings.find(name)
                    .map(until -> previous.validUntil(Instant.parse(until.trim())))
                    .orElse(previous);
        } catch (DateTimeParseException e) {
            // The cause quotes the value, which may be a secret in the wrong place.
            throw new SecretUnavailableException(
                    "setting " + name + " is no instant: write 2026-12-31T23:59:59Z for instance");
        }
    }
}
