package org.verifiedwebhook.sample.edgvoip;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * The data of {@code call.ringing}.
 *
 * @param callUuid identifies the call
 * @param callerIdNumber who calls
 * @param destinationNumber who is called
 * @param callDirection {@code inbound} or {@code outbound}
 */
public record CallRinging(
        @JsonbProperty("call_uuid") String callUuid,
        @JsonbProperty("caller_id_number") String callerIdNumber,
        @JsonbProperty("destination_number") String destinationNumber,
        @JsonbProperty("call_direction") String callDirection)
        implements EdgvoipData {}
