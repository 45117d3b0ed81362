package org.verifiedwebhook.sample.cloudonix;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * A call began, or its status changed.
 *
 * @param callId identifies the call
 * @param status {@code completed}, for instance
 * @param duration seconds, once it is known
 * @param from who calls
 * @param to who is called
 */
public record CallStatus(
        @JsonbProperty("call_id") String callId, String status, Integer duration, String from, String to) {}
