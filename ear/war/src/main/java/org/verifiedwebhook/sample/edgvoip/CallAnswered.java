package org.verifiedwebhook.sample.edgvoip;

import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Instant;

/**
 * The data of {@code call.answered}.
 *
 * @param callUuid identifies the call
 * @param callerIdNumber who calls
 * @param callerIdName the name of who calls
 * @param destinationNumber who is called
 * @param callDirection {@code inbound} or {@code outbound}
 * @param answerTime when it was answered
 */
public record CallAnswered(
        @JsonbProperty("call_uuid") String callUuid,
        @JsonbProperty("caller_id_number") String callerIdNumber,
        @JsonbProperty("caller_id_name") String callerIdName,
        @JsonbProperty("destination_number") String destinationNumber,
        @JsonbProperty("call_direction") String callDirection,
        @JsonbProperty("answer_time") Instant answerTime)
        implements EdgvoipData {}
