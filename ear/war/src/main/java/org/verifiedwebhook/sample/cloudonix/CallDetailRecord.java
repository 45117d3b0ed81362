package org.verifiedwebhook.sample.cloudonix;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * A call detail record. Nothing signs it: everything in it is a claim.
 *
 * @param owner whose call it was
 * @param callId identifies the call
 * @param from who called
 * @param to who was called
 * @param duration seconds
 */
public record CallDetailRecord(
        Owner owner, @JsonbProperty("call_id") String callId, String from, String to, Integer duration) {

    /**
     * Whose call it was.
     *
     * @param domain the Cloudonix domain
     */
    public record Owner(Domain domain) {}

    /**
     * A Cloudonix domain.
     *
     * @param uuid identifies the organisation; not a secret
     */
    public record Domain(String uuid) {}
}
