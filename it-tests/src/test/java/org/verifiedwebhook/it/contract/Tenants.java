package org.verifiedwebhook.it.contract;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.secret.TenantClaims;
import org.verifiedwebhook.secret.TenantResolver;

/** Knows two organisations by their numbers and domains, and cannot look when a certain one is asked for. */
@ApplicationScoped
public class Tenants implements TenantResolver {

    private static final Map<String, String> BY_NUMBER = Map.of("+14155550001", "1", "+14155550002", "2");
    private static final Map<String, String> BY_DOMAIN = Map.of("550e8400-e29b-41d4-a716-446655440000", "1");

    @Override
    public List<String> tenants(TenantClaims claims) {
        return switch (claims.sender()) {
            case "cloudonix-voice" -> {
                String number = claims.get("did").orElseThrow();
                if (number.equals("+10000000000")) {
                    throw new SecretUnavailableException("the directory is down");
                }
                yield BY_NUMBER.containsKey(number) ? List.of(BY_NUMBER.get(number)) : List.of();
            }
            case "cloudonix-cdr" ->
                claims.get("tenant").map(BY_DOMAIN::get).map(List::of).orElse(List.of());
            default -> claims.get("tenant").map(List::of).orElse(List.of());
        };
    }
}
