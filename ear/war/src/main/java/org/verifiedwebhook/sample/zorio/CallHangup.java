package org.verifiedwebhook.sample.zorio;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * The data of {@code pbx.call.hangup}.
 *
 * @param callUuid identifies the call
 * @param hangupCause FreeSWITCH's cause
 */
public record CallHangup(
        @JsonbProperty("call_uuid") String callUuid,
        @JsonbProperty("hangup_cause") String hangupCause) implements ZorioData {}
