package org.verifiedwebhook;

import java.time.Instant;
import java.util.Optional;
import org.verifiedwebhook.sender.Assurance;

/** A delivery that the gate verified. A class and not a record: a record would show its body's array to all. */
final class VerifiedDelivery implements WebhookDelivery {

    private final WebhookRequest request;
    private final String sender;
    private final Optional<String> tenant;
    private final Optional<String> claimedTenant;
    private final Optional<String> id;
    private final boolean idSigned;
    private final Optional<String> eventType;
    private final Proof proof;

    VerifiedDelivery(
            WebhookRequest request,
            String sender,
            Optional<String> tenant,
            Optional<String> claimedTenant,
            Optional<String> id,
            boolean idSigned,
            Optional<String> eventType,
            Proof proof) {
        this.request = request;
        this.sender = sender;
        this.tenant = tenant;
        this.claimedTenant = claimedTenant;
        this.id = id;
        this.idSigned = idSigned;
        this.eventType = eventType;
        this.proof = proof;
    }

    /**
     * What proved it.
     *
     * @param assurance what is proved
     * @param secretLabel the secret that matched
     * @param fingerprint what a copy shares with it; empty if the scheme gives none
     */
    record Proof(Assurance assurance, Optional<String> secretLabel, Optional<String> fingerprint) {}

    WebhookRequest request() {
        return request;
    }

    Optional<String> fingerprint() {
        return proof.fingerprint();
    }

    @Override
    public String sender() {
        return sender;
    }

    @Override
    public Optional<String> tenant() {
        return tenant;
    }

    @Override
    public Optional<String> claimedTenant() {
        return claimedTenant;
    }

    @Override
    public Optional<String> id() {
        return id;
    }

    @Override
    public boolean idSigned() {
        return idSigned;
    }

    @Override
    public Optional<String> eventType() {
        return eventType;
    }

    @Override
    public byte[] rawBody() {
        return request.body();
    }

    @Override
    public Assurance assurance() {
        return proof.assurance();
    }

    @Override
    public Optional<String> secretLabel() {
        return proof.secretLabel();
    }

    @Override
    public Instant receivedAt() {
        return request.receivedAt();
    }

    @Override
    public String toString() {
        return "WebhookDelivery[" + sender + ", " + proof.assurance() + ", " + request.bodyLength() + " bytes]";
    }
}
