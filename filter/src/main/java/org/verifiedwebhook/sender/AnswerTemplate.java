package org.verifiedwebhook.sender;

import java.util.Objects;

/**
 * An answer as a sender's document shows it. Constant: nothing of a request is ever put into it.
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
