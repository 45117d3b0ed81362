package org.verifiedwebhook.sender;

import java.util.Optional;

/**
 * What a sender is answered when its delivery is in the inbox.
 *
 * @param plain the answer to a delivery without an id, or if the id is not repeated
 * @param bodyWithId the body for a delivery with an id; <code>{id}</code> in it is the id
 */
record Acknowledgement(AnswerTemplate plain, Optional<String> bodyWithId) {

    static final Acknowledgement DEFAULT = new Acknowledgement(
            new AnswerTemplate(200, "application/json", "{\"status\":\"received\"}"), Optional.empty());

    Acknowledgement {
        if (plain.status() > 299) {
            throw new IllegalArgumentException("status " + plain.status() + " does not acknowledge: use 200 to 299");
        }
        if (bodyWithId.isPresent() && !bodyWithId.get().contains("{id}")) {
            throw new IllegalArgumentException("bodyWithId: {id} is missing");
        }
    }

    AnswerTemplate of(Optional<String> id) {
        return id.isEmpty() || bodyWithId.isEmpty()
                ? plain
                : new AnswerTemplate(
                        plain.status(),
                        plain.contentType(),
                        bodyWithId.get().replace("{id}", AnswersFile.escape(id.get(), plain.contentType())));
    }
}
