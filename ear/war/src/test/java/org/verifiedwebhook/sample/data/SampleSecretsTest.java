package org.verifiedwebhook.sample.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.SecretRequest;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.secret.SecretUnavailableException;

class SampleSecretsTest {

    private static final SecretRequest REQUEST = new SecretRequest("zorio", Optional.empty());
    private static final SecretProvider NONE = request -> SecretSet.none();
    private static final SecretProvider DOWN = request -> {
        throw new SecretUnavailableException("down on purpose");
    };

    private static SecretProvider one(String label) {
        return request -> SecretSet.of(Secret.ofText(label, "secret-of-" + request.sender() + "-" + label));
    }

    private static List<String> labels(SecretProvider operators, SecretProvider tables) {
        return new SampleSecrets(operators, tables)
                .secretsFor(REQUEST).secrets().stream().map(Secret::label).toList();
    }

    @Test
    void secretsOfBothKinds_count() {
        assertEquals(List.of("setting", "row"), labels(one("setting"), one("row")));
        assertEquals(List.of("row"), labels(NONE, one("row")));
        assertEquals(List.of("setting"), labels(one("setting"), NONE));
        assertEquals(List.of(), labels(NONE, NONE));
    }

    @Test
    void oneThatCannotBeAsked_isNotReplacedByTheOther() {
        assertThrows(SecretUnavailableException.class, () -> labels(DOWN, one("row")));
        assertThrows(SecretUnavailableException.class, () -> labels(one("setting"), DOWN));
    }
}
