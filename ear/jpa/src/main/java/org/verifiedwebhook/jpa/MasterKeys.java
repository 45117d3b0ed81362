package org.verifiedwebhook.jpa;

import java.util.Optional;

/** The master keys: one that encrypts, and during its rotation the one before, which still decrypts. */
final class MasterKeys {

    static final String CURE =
            "Make one with 'openssl rand -base64 32' and keep it: without it stored secrets are lost.";

    private static final String CURRENT = "key";
    private static final String PREVIOUS = "key-previous";

    private final JpaSettings settings;

    MasterKeys(JpaSettings settings) {
        this.settings = settings;
    }

    /**
     * The server's settings; in demo mode, if they have no key, one that is made and kept beside the demo database.
     */
    static MasterKeys standard() {
        JpaSettings settings = JpaSettings.standard();
        return new MasterKeys(key -> {
            Optional<String> found = settings.find(key);
            return found.isEmpty() && key.equals(CURRENT) && DemoMode.on()
                    ? Optional.of(DemoMasterKey.in(H2Location.standard().directory()))
                    : found;
        });
    }

    /**
     * The key to encrypt with.
     *
     * @throws JpaConfigurationException if it is missing or wrong
     */
    MasterKey current() {
        return find(CURRENT).orElseThrow(() -> new JpaConfigurationException("webhook/jpa/key is missing. " + CURE));
    }

    /**
     * The key with that id.
     *
     * @throws JpaConfigurationException if there is none, or a setting is missing or wrong
     */
    MasterKey byId(String id) {
        MasterKey current = current();
        if (current.id().equals(id)) {
            return current;
        }
        return find(PREVIOUS)
                .filter(k -> k.id().equals(id))
                .orElseThrow(() -> new JpaConfigurationException("encrypted under master key " + id
                        + ", but webhook/jpa/key is " + current.id()
                        + ". Set the old key as webhook/jpa/key-previous"));
    }

    private Optional<MasterKey> find(String key) {
        return settings.find(key).map(value -> MasterKey.parse("webhook/jpa/" + key, value));
    }
}
