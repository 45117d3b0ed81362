package org.verifiedwebhook.sample.cloudonix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.verifiedwebhook.sample.event.Deliveries;
import org.verifiedwebhook.sample.event.EventReader;

/** The bodies are those of OpBX's guide. */
final class CloudonixEventTest {

    @Test
    void callStatus_binds() {
        assertEquals(new CallStatus("call_abc123", "completed", 120, null, null), read("""
                {
                  "call_id": "call_abc123",
                  "status": "completed",
                  "duration": 120
                }""", CallStatus.class));
    }

    @Test
    void sessionUpdate_binds() {
        assertEquals(
                new SessionUpdate(7L, null, "demo.example", "ringing", "update", "incoming", "+1", "+2"),
                read("""
                        {"id":7,"domain":"demo.example","status":"ringing","action":"update","direction":"incoming",
                        "callerId":"+1","destination":"+2","callIds":["a"],"profile":{}}""", SessionUpdate.class));
    }

    @Test
    void callDetailRecord_binds() {
        assertEquals(
                new CallDetailRecord(
                        new CallDetailRecord.Owner(new CallDetailRecord.Domain("550e8400-e29b-41d4-a716-446655440000")),
                        "call_abc123",
                        "+14155551234",
                        "+14155559999",
                        120),
                read("""
                        {
                          "owner": {
                            "domain": {
                              "uuid": "550e8400-e29b-41d4-a716-446655440000"
                            }
                          },
                          "call_id": "call_abc123",
                          "from": "+14155551234",
                          "to": "+14155559999",
                          "duration": 120
                        }""", CallDetailRecord.class));
    }

    @Test
    void voiceRequest_binds() {
        VoiceRequest call = read("""
                {
                  "from": "+14155551234",
                  "to": "+14155559999",
                  "call_id": "call_abc123"
                }""", VoiceRequest.class);
        assertEquals("+14155559999", call.destination());
        assertEquals("call_abc123", call.callId());
        assertEquals("", call.keys());
    }

    @Test
    void formattedNumber_isRoutedAsItsDigits() {
        assertEquals(
                "+14155559999",
                read("{\"from\":\"anonymous\",\"to\":\"+1 (415) 555-9999\"}", VoiceRequest.class)
                        .destination());
    }

    @Test
    void capitalNames_bindToo() {
        VoiceRequest call = read("{\"To\":\"+14155559999\",\"Digits\":\"1\"}", VoiceRequest.class);
        assertEquals("+14155559999", call.destination());
        assertEquals("1", call.keys());
    }

    @Test
    void acknowledgement_isTheGuides() {
        assertEquals(
                "{\"status\":\"received\",\"message\":\"Webhook processed successfully\"}",
                StatusResource.ACKNOWLEDGEMENT);
    }

    private static <T> T read(String body, Class<T> type) {
        return new EventReader().read(Deliveries.of("cloudonix-status", null, body), type);
    }
}
