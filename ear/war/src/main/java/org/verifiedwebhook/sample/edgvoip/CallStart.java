package org.verifiedwebhook.sample.edgvoip;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * The data of {@code call.start}.
 *
 * @param callUuid identifies the call
 * @param callerIdNumber who calls
 * @param callerIdName the name of who calls
 * @param destinationNumber who is called
 * @param callDirection {@code inbound} or {@code outbound}
 * @param context the dial plan's context
 */
public record CallStart(
        @JsonbProperty("call_uuid") String callUuid,
        @JsonbProperty("caller_id_number") String callerIdNumber,
        @JsonbProperty("caller_id_name") String callerIdName,
        @JsonbProperty("destination_number") String destinationNumber,
        @JsonbProperty("call_direction") String callDirection,
        String context)
        implements EdgvoipData {}
