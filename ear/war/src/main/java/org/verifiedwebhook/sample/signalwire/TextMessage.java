package org.verifiedwebhook.sample.signalwire;

import java.util.Optional;

/**
 * A text message that came in, or whose status changed.
 *
 * @param messageSid identifies the message
 * @param from who sent it
 * @param to who gets it
 * @param body its text; absent when only the status changed
 * @param messageStatus {@code delivered}, for instance
 */
public record TextMessage(
        String messageSid,
        Optional<String> from,
        Optional<String> to,
        Optional<String> body,
        Optional<String> messageStatus) {

    static Optional<TextMessage> of(Form form) {
        return form.get("MessageSid")
                .map(sid -> new TextMessage(
                        sid, form.get("From"), form.get("To"), form.get("Body"), form.get("MessageStatus")));
    }
}
