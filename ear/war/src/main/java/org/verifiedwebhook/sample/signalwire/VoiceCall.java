package org.verifiedwebhook.sample.signalwire;

import java.util.Optional;

/**
 * A call that waits for instructions, or whose status changed.
 *
 * @param callSid identifies the call
 * @param from who calls
 * @param to who is called
 * @param callStatus {@code ringing}, for instance
 * @param direction {@code inbound}, for instance
 * @param digits the keys pressed
 */
public record VoiceCall(
        String callSid,
        Optional<String> from,
        Optional<String> to,
        Optional<String> callStatus,
        Optional<String> direction,
        Optional<String> digits) {

    static Optional<VoiceCall> of(Form form) {
        return form.get("CallSid")
                .map(sid -> new VoiceCall(
                        sid,
                        form.get("From"),
                        form.get("To"),
                        form.get("CallStatus"),
                        form.get("Direction"),
                        form.get("Digits")));
    }
}
