package org.verifiedwebhook.sample.chaindoc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.sample.event.Deliveries;
import org.verifiedwebhook.sample.event.EventReader;
import org.verifiedwebhook.sample.event.UnknownEvent;

/** The bodies are those of Chaindoc's guide and, for the contract of 2026, of its SDK's tests. */
final class ChaindocEventTest {

    private static final String DOCUMENT = "86840ee4-8bf2-4a91-a289-e99d8307ec25";
    private static final String REQUEST = "req_21096b94498f4a2d9795e810edc2c9a9";
    private static final Instant HALF_PAST = Instant.parse("2024-12-04T10:30:00.000Z");
    private static final Instant TWO_LATER = Instant.parse("2024-12-04T10:32:00.000Z");

    @Test
    void documentCreated_binds() {
        assertEquals(
                new DocumentCreated("document.created", DOCUMENT, "Service Agreement", HALF_PAST),
                read("""
                {
                "event": "document.created",
                "documentId": "86840ee4-8bf2-4a91-a289-e99d8307ec25",
                "name": "Service Agreement",
                "timestamp": "2024-12-04T10:30:00.000Z"
                }""", "document.created"));
    }

    @Test
    void documentVerified_binds() {
        assertEquals(
                new DocumentVerified(
                        "document.verified",
                        DOCUMENT,
                        "f0b7721f-0399-4035-9b69-7b95d3a367f0",
                        "0x789ghi...",
                        137L,
                        Instant.parse("2024-12-04T10:35:00.000Z")),
                read("""
                        {
                        "event": "document.verified",
                        "documentId": "86840ee4-8bf2-4a91-a289-e99d8307ec25",
                        "versionId": "f0b7721f-0399-4035-9b69-7b95d3a367f0",
                        "txHash": "0x789ghi...",
                        "chainId": 137,
                        "timestamp": "2024-12-04T10:35:00.000Z"
                        }""", "document.verified"));
    }

    @Test
    void documentSigned_binds() {
        assertEquals(
                new DocumentSigned(
                        "document.signed",
                        DOCUMENT,
                        REQUEST,
                        List.of(
                                new Signer("signer1@example.com", HALF_PAST),
                                new Signer("signer2@example.com", TWO_LATER)),
                        TWO_LATER),
                read("""
                        {
                        "event": "document.signed",
                        "documentId": "86840ee4-8bf2-4a91-a289-e99d8307ec25",
                        "signatureRequestId": "req_21096b94498f4a2d9795e810edc2c9a9",
                        "signers": [
                        {
                        "email": "signer1@example.com",
                        "signedAt": "2024-12-04T10:30:00.000Z"
                        },
                        {
                        "email": "signer2@example.com",
                        "signedAt": "2024-12-04T10:32:00.000Z"
                        }
                        ],
                        "timestamp": "2024-12-04T10:32:00.000Z"
                        }""", "document.signed"));
    }

    @Test
    void signatureRequestCreated_binds() {
        assertEquals(
                new SignatureRequestCreated(
                        "signature.request.created",
                        REQUEST,
                        DOCUMENT,
                        List.of(new Recipient("signer1@example.com"), new Recipient("signer2@example.com")),
                        Instant.parse("2024-12-31T23:59:59.000Z"),
                        HALF_PAST),
                read("""
                        {
                        "event": "signature.request.created",
                        "signatureRequestId": "req_21096b94498f4a2d9795e810edc2c9a9",
                        "documentId": "86840ee4-8bf2-4a91-a289-e99d8307ec25",
                        "recipients": [
                        {"email": "signer1@example.com"},
                        {"email": "signer2@example.com"}
                        ],
                        "deadline": "2024-12-31T23:59:59.000Z",
                        "timestamp": "2024-12-04T10:30:00.000Z"
                        }""", "signature.request.created"));
    }

    @Test
    void signatureRequestCompleted_binds() {
        assertEquals(
                new SignatureRequestCompleted("signature.request.completed", REQUEST, DOCUMENT, TWO_LATER, TWO_LATER),
                read("""
                        {
                        "event": "signature.request.completed",
                        "signatureRequestId": "req_21096b94498f4a2d9795e810edc2c9a9",
                        "documentId": "86840ee4-8bf2-4a91-a289-e99d8307ec25",
                        "completedAt": "2024-12-04T10:32:00.000Z",
                        "timestamp": "2024-12-04T10:32:00.000Z"
                        }""", "signature.request.completed"));
    }

    @Test
    void signatureRequestRejected_binds() {
        assertEquals(
                new SignatureRequestRejected(
                        "signature.request.rejected",
                        REQUEST,
                        DOCUMENT,
                        "signer1@example.com",
                        "Terms not acceptable",
                        HALF_PAST),
                read("""
                        {
                        "event": "signature.request.rejected",
                        "signatureRequestId": "req_21096b94498f4a2d9795e810edc2c9a9",
                        "documentId": "86840ee4-8bf2-4a91-a289-e99d8307ec25",
                        "rejectedBy": "signer1@example.com",
                        "reason": "Terms not acceptable",
                        "timestamp": "2024-12-04T10:30:00.000Z"
                        }""", "signature.request.rejected"));
    }

    @Test
    void unknownType_isAccepted() {
        assertEquals(
                new UnknownEvent(Optional.of("document.archived")),
                read("{\"event\":\"document.archived\"}", "document.archived"));
    }

    @Test
    void envelope_binds() {
        assertEquals(
                new ChaindocEnvelope(
                        "2bcb5d52-7d64-43c6-b715-0a72f20d9c2f",
                        "contract.created",
                        Instant.parse("2026-04-03T10:00:00.000Z"),
                        Json.createObjectBuilder()
                                .add("contractId", "7c2807a3-3ad4-4423-9ebc-0281bff2660b")
                                .add("status", "draft")
                                .build()),
                new EventReader().read(Deliveries.of("chaindoc-v2", "contract.created", """
                        {"id":"2bcb5d52-7d64-43c6-b715-0a72f20d9c2f","type":"contract.created","createdAt":"2026-04-03T10:00:00.000Z","data":{"contractId":"7c2807a3-3ad4-4423-9ebc-0281bff2660b","status":"draft"}}"""), ChaindocEnvelope.class));
    }

    @Test
    void acknowledgement_isTheGuides() {
        assertEquals("{\"status\":\"received\"}", ChaindocResource.ACKNOWLEDGEMENT);
    }

    private static Object read(String body, String type) {
        return new EventReader().read(Deliveries.of("chaindoc", type, body), ChaindocResource.TYPES);
    }
}
