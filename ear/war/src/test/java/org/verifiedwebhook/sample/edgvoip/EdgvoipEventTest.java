package org.verifiedwebhook.sample.edgvoip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.verifiedwebhook.jpa.TestInbox;

/** The bodies are those of EDGVoIP's guide. */
final class EdgvoipEventTest {

    private static final String CALL = "550e8400-e29b-41d4-a716-446655440010";
    private static final String ID = "550e8400-e29b-41d4-a716-446655440000";

    @Test
    void callStart_binds() {
        assertEquals(
                event(
                        "call.start",
                        "2025-11-30T12:00:00Z",
                        new CallStart(CALL, "+39123456789", "John Doe", "2000", "inbound", "demo.edgvoip.it")),
                read("call.start", """
                        {  "type": "call.start",  "tenant_id": "550e8400-e29b-41d4-a716-446655440001",  "tenant_external_id": "w3suite-tenant-001",  "timestamp": "2025-11-30T12:00:00Z",  "data": {    "call_uuid": "550e8400-e29b-41d4-a716-446655440010",    "caller_id_number": "+39123456789",    "caller_id_name": "John Doe",    "destination_number": "2000",    "call_direction": "inbound",    "context": "demo.edgvoip.it"  }}
                        """));
    }

    @Test
    void callRinging_binds() {
        assertEquals(
                event("call.ringing", "2025-11-30T12:00:02Z", new CallRinging(CALL, "+39123456789", "2000", "inbound")),
                read("call.ringing", """
                        {  "type": "call.ringing",  "tenant_id": "550e8400-e29b-41d4-a716-446655440001",  "tenant_external_id": "w3suite-tenant-001",  "timestamp": "2025-11-30T12:00:02Z",  "data": {    "call_uuid": "550e8400-e29b-41d4-a716-446655440010",    "caller_id_number": "+39123456789",    "destination_number": "2000",    "call_direction": "inbound"  }}
                        """));
    }

    @Test
    void callAnswered_binds() {
        assertEquals(
                event(
                        "call.answered",
                        "2025-11-30T12:00:05Z",
                        new CallAnswered(
                                CALL,
                                "+39123456789",
                                "John Doe",
                                "2000",
                                "inbound",
                                Instant.parse("2025-11-30T12:00:05Z"))),
                read("call.answered", """
                        {  "type": "call.answered",  "tenant_id": "550e8400-e29b-41d4-a716-446655440001",  "tenant_external_id": "w3suite-tenant-001",  "timestamp": "2025-11-30T12:00:05Z",  "data": {    "call_uuid": "550e8400-e29b-41d4-a716-446655440010",    "caller_id_number": "+39123456789",    "caller_id_name": "John Doe",    "destination_number": "2000",    "call_direction": "inbound",    "answer_time": "2025-11-30T12:00:05Z"  }}
                        """));
    }

    @Test
    void callEnded_binds() {
        assertEquals(
                event(
                        "call.ended",
                        "2025-11-30T12:05:00Z",
                        new CallEnded(
                                CALL,
                                "inbound",
                                "+39123456789",
                                "2000",
                                Instant.parse("2025-11-30T12:00:00Z"),
                                Instant.parse("2025-11-30T12:00:05Z"),
                                Instant.parse("2025-11-30T12:05:00Z"),
                                300,
                                295,
                                "NORMAL_CLEARING",
                                "answered")),
                read("call.ended", """
                        {  "type": "call.ended",  "tenant_id": "550e8400-e29b-41d4-a716-446655440001",  "tenant_external_id": "w3suite-tenant-001",  "timestamp": "2025-11-30T12:05:00Z",  "data": {    "call_uuid": "550e8400-e29b-41d4-a716-446655440010",    "call_direction": "inbound",    "caller_id_number": "+39123456789",    "destination_number": "2000",    "start_time": "2025-11-30T12:00:00Z",    "answer_time": "2025-11-30T12:00:05Z",    "end_time": "2025-11-30T12:05:00Z",    "duration": 300,    "bill_sec": 295,    "hangup_cause": "NORMAL_CLEARING",    "hangup_disposition": "answered"  }}
                        """));
    }

    @Test
    void trunkStatus_binds() {
        assertEquals(
                event(
                        "trunk.status",
                        "2025-11-30T12:00:00Z",
                        new TrunkStatus(ID, ID, "Warian Trunk", "unregistered", "registered")),
                read("trunk.status", """
                        {  "type": "trunk.status",  "tenant_id": "550e8400-e29b-41d4-a716-446655440001",  "tenant_external_id": "w3suite-tenant-001",  "timestamp": "2025-11-30T12:00:00Z",  "data": {    "trunk_id": "550e8400-e29b-41d4-a716-446655440000",    "trunk_external_id": "550e8400-e29b-41d4-a716-446655440000",    "trunk_name": "Warian Trunk",    "previous_status": "unregistered",    "current_status": "registered"  }}
                        """));
    }

    @Test
    void extensionStatus_binds() {
        assertEquals(
                event(
                        "extension.status",
                        "2025-11-30T12:00:00Z",
                        new ExtensionStatus(
                                ID, ID, "2000", "unregistered", "registered", "sip", "192.168.1.100", 5060)),
                read("extension.status", """
                        {  "type": "extension.status",  "tenant_id": "550e8400-e29b-41d4-a716-446655440001",  "tenant_external_id": "w3suite-tenant-001",  "timestamp": "2025-11-30T12:00:00Z",  "data": {    "extension_id": "550e8400-e29b-41d4-a716-446655440000",    "extension_external_id": "550e8400-e29b-41d4-a716-446655440000",    "extension": "2000",    "previous_status": "unregistered",    "current_status": "registered",    "connection_type": "sip",    "registration_ip": "192.168.1.100",    "registration_port": 5060  }}
                        """));
    }

    @Test
    void theGuidesCurl_binds() {
        assertEquals(
                event(
                        "call.ended",
                        "2025-11-30T12:00:00Z",
                        new CallEnded("test-123", null, null, null, null, null, null, null, null, null, null)),
                read("call.ended", """
                        {"type":"call.ended","tenant_id":"test","tenant_external_id":"w3suite-tenant-001","timestamp":"2025-11-30T12:00:00Z","data":{"call_uuid":"test-123"}}"""));
    }

    @Test
    void unknownType_isAccepted() {
        assertEquals(
                Json.createObjectBuilder().add("type", "call.parked").build(),
                read("call.parked", "{\"type\":\"call.parked\"}"));
    }

    private static EdgvoipEvent<?> event(String type, String timestamp, EdgvoipData data) {
        return new EdgvoipEvent<>(type, Instant.parse(timestamp), data);
    }

    private static Object read(String type, String body) {
        return TestInbox.read(EdgvoipEvents.class, type, body);
    }
}
