package org.verifiedwebhook.sender;

import java.util.Objects;

/**
 * An answer as a sender's document shows it. Nothing of a request is put into it, but for the delivery id that some senders
 * read again in an acknowledgement.
 *
 * @param status the HTTP status
 * @param contentType the media type
 * @param body the text
 */
public record AnswerTemplate(int status, String contentType, String body) {
    public AnswerTemplate {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status " + status + " is not one of 200 to 599");
        }
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(body, "body");
    }
}
