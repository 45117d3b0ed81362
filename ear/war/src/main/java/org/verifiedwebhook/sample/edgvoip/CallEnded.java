package org.verifiedwebhook.sample.edgvoip;

import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Instant;

/**
 * The data of {@code call.ended}.
 *
 * @param callUuid identifies the call
 * @param callDirection {@code inbound} or {@code outbound}
 * @param callerIdNumber who calls
 * @param destinationNumber who is called
 * @param startTime when it began
 * @param answerTime when it was answered
 * @param endTime when it ended
 * @param duration seconds from start to end
 * @param billSec seconds to be billed
 * @param hangupCause FreeSWITCH's cause
 * @param hangupDisposition {@code answered}, for instance
 */
public record CallEnded(
        @JsonbProperty("call_uuid") String callUuid,
        @JsonbProperty("call_direction") String callDirection,
        @JsonbProperty("caller_id_number") String callerIdNumber,
        @JsonbProperty("destination_number") String destinationNumber,
        @JsonbProperty("start_time") Instant startTime,
        @JsonbProperty("answer_time") Instant answerTime,
        @JsonbProperty("end_time") Instant endTime,
        Integer duration,
        @JsonbProperty("bill_sec") Integer billSec,
        @JsonbProperty("hangup_cause") String hangupCause,
        @JsonbProperty("hangup_disposition") String hangupDisposition)
        implements EdgvoipData {}
