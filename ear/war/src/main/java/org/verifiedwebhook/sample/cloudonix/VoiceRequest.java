package org.verifiedwebhook.sample.cloudonix;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * A call that waits for instructions. Cloudonix writes the names both ways: {@code to} in the guide's bodies, {@code To}
 * in the requests that CXML makes it send.
 *
 * @param from who calls
 * @param fromCapital the same
 * @param to the number called
 * @param toCapital the same
 * @param callId identifies the call
 * @param callSid the same
 * @param digits the keys pressed
 * @param digitsCapital the same
 * @param dialStatus how the last attempt to dial ended
 */
public record VoiceRequest(
        @JsonbProperty("from") String from,
        @JsonbProperty("From") String fromCapital,
        @JsonbProperty("to") String to,
        @JsonbProperty("To") String toCapital,
        @JsonbProperty("call_id") String callId,
        @JsonbProperty("CallSid") String callSid,
        @JsonbProperty("digits") String digits,
        @JsonbProperty("Digits") String digitsCapital,
        @JsonbProperty("DialCallStatus") String dialStatus) {

    /** The number called without blanks, brackets and dashes; empty if there is none. */
    String destination() {
        return either(to, toCapital).replaceAll("[^0-9+]", "");
    }

    /** The keys pressed; empty if there are none. */
    String keys() {
        return either(digits, digitsCapital);
    }

    /** Whether somebody took the call that was dialled last. */
    boolean answered() {
        return "completed".equals(dialStatus) || "answered".equals(dialStatus);
    }

    private static String either(String one, String other) {
        return one != null ? one : other != null ? other : "";
    }
}
