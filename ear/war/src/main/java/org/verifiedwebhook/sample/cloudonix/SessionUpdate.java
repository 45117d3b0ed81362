package org.verifiedwebhook.sample.cloudonix;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * A session's state changed. OpBX's guide shows no body; these are the properties its own receiver reads, those of a
 * call status besides.
 *
 * @param id identifies the session
 * @param callId identifies the call
 * @param domain the Cloudonix domain's name, as claimed
 * @param status {@code ringing}, for instance
 * @param action what changed it
 * @param direction {@code incoming}, for instance
 * @param callerId who calls
 * @param destination who is called
 */
public record SessionUpdate(
        Long id,
        @JsonbProperty("call_id") String callId,
        String domain,
        String status,
        String action,
        String direction,
        String callerId,
        String destination) {}
