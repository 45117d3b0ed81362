package org.verifiedwebhook.sample.data;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.secret.TenantClaims;
import org.verifiedwebhook.secret.TenantResolver;

/**
 * Finds organisations by what Cloudonix names: numbers in voice requests, the domain in call records. Senders that name
 * the tenant itself are left alone.
 */
@ApplicationScoped
public class SampleTenantResolver implements TenantResolver {

    private final OrganisationDirectory directory;

    /** For CDI. */
    SampleTenantResolver() {
        this(null);
    }

    @Inject
    SampleTenantResolver(OrganisationDirectory directory) {
        this.directory = directory;
    }

    @Override
    public List<String> tenants(TenantClaims claims) {
        try {
            return switch (claims.sender()) {
                case "cloudonix-voice" -> byNumber(claims);
                case "cloudonix-cdr" ->
                    names(claims.get("tenant").flatMap(directory::findByDomainUuid).stream()
                            .toList());
                default -> TenantResolver.identity().tenants(claims);
            };
        } catch (RuntimeException e) {
            throw new SecretUnavailableException(
                    "the organisation of a " + claims.sender() + " request cannot be read", e);
        }
    }

    /** A number called from outside says which organisation it is; an extension does not, so the token decides. */
    private List<String> byNumber(TenantClaims claims) {
        Optional<Organisation> called = claims.get("did").flatMap(directory::findByDid);
        return names(
                called.isPresent()
                        ? List.of(called.get())
                        : claims.get("extension")
                                .map(directory::findByExtension)
                                .orElse(List.of()));
    }

    private static List<String> names(List<Organisation> organisations) {
        return organisations.stream().map(Organisation::tenant).toList();
    }
}
