package org.verifiedwebhook.secret;

/**
 * Where secrets come from. The one thing an application may have to write; make it a CDI bean and it is used.
 *
 * <p>Called on the request's thread, before anything about the request is verified; its answers are cached for a few
 * seconds. Must be safe for concurrent use.
 */
@FunctionalInterface
public interface SecretProvider {

    /**
     * The secrets that may have signed.
     *
     * @return all that are active now or soon; {@link SecretSet#none} if the tenant is unknown or has none. Never null
     * @throws SecretUnavailableException if it could not look. <strong>Do not use this for an unknown tenant</strong>:
     *     the sender is told to come again
     */
    SecretSet secretsFor(SecretRequest request);
}
