package org.verifiedwebhook.sample.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.verifiedwebhook.sample.data.DemoData;

/** One request of every sender, signed with the demo secrets, and one that nobody signed. */
final class Examples {

    private static final String JSON = "application/json";

    private final String hooks;
    private final Instant now;
    private final String nonce;

    /**
     * @param base the URL of the application, with a slash at its end
     * @param now the time to sign, where the sender signs it
     * @param nonce in every body and delivery id, so that each page has deliveries of its own
     */
    Examples(String base, Instant now, String nonce) {
        this.hooks = base + "hooks/";
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
        this.nonce = nonce;
    }

    /** All of them, in the order of the page. */
    List<Example> list() {
        return List.of(
                edgvoip(),
                altered(),
                chaindoc(),
                chaindocV2(),
                status(),
                callDetailRecord(),
                voice(),
                zorio(),
                signalWirePost(),
                signalWireGet());
    }

    private Example edgvoip() {
        return new Example(
                "EDGVoIP",
                "A call ended",
                200,
                "The body names the tenant, whose secret then has to match. Paste it twice: the copy gets the same answer,"
                        + " and nothing is handled again.",
                edgvoip(edgvoipBody(295), edgvoipBody(295)));
    }

    private Example altered() {
        return new Example(
                "A forgery",
                "The same call, with another bill",
                401,
                "The signature is genuine, but of a body that bills 295 seconds; this one bills 9295.",
                edgvoip(edgvoipBody(295), edgvoipBody(9295)));
    }

    private Curl edgvoip(String signed, String sent) {
        return Curl.post(hooks + "edgvoip", JSON, sent)
                .header(
                        "X-Webhook-Signature",
                        "sha256=" + Signatures.sha256(DemoData.EDGVOIP.get("w3suite-tenant-001"), signed))
                .header("X-Webhook-Event", "call.ended")
                .header("X-Request-ID", nonce);
    }

    private String edgvoipBody(int seconds) {
        return "{\"type\":\"call.ended\",\"tenant_external_id\":\"w3suite-tenant-001\",\"timestamp\":\"" + now
                + "\",\"data\":{\"call_uuid\":\"" + nonce
                + "\",\"call_direction\":\"inbound\",\"caller_id_number\":\"+39123456789\",\"destination_number\":\"2000\","
                + "\"duration\":300,\"bill_sec\":" + seconds + ",\"hangup_cause\":\"NORMAL_CLEARING\"}}";
    }

    private Example chaindoc() {
        String body = "{\"event\":\"document.created\",\"documentId\":\"" + nonce
                + "\",\"name\":\"Service Agreement\",\"timestamp\":\"" + now + "\"}";
        return new Example(
                "Chaindoc",
                "A document was created",
                200,
                "The documented contract: only the body is signed, so an old copy never goes stale.",
                Curl.post(hooks + "chaindoc", JSON, body)
                        .header("X-Webhook-Signature", Signatures.sha256(DemoData.SHARED.get("chaindoc"), body))
                        .header("X-Webhook-Event", "document.created"));
    }

    private Example chaindocV2() {
        String body = "{\"id\":\"" + nonce + "\",\"type\":\"contract.created\",\"createdAt\":\"" + now
                + "\",\"data\":{\"contractId\":\"7c2807a3-3ad4-4423-9ebc-0281bff2660b\",\"status\":\"draft\"}}";
        return new Example(
                "Chaindoc, contract of 2026",
                "A contract was created",
                200,
                "The timestamp is signed with the body and holds for five minutes. Reload this page for a fresh one.",
                Curl.post(hooks + "chaindoc-v2", JSON, body)
                        .header(
                                "X-Chaindoc-Signature",
                                "v1=" + Signatures.sha256(DemoData.SHARED.get("chaindoc-v2"), now + "." + body))
                        .header("X-Chaindoc-Timestamp", now.toString())
                        .header("X-Chaindoc-Delivery-Id", nonce));
    }

    private Example status() {
        String body = "{\"call_id\":\"" + nonce + "\",\"status\":\"completed\",\"duration\":120}";
        return new Example(
                "Cloudonix status",
                "A call was completed",
                200,
                "One secret for all organisations: a tenant in the body would be a claim.",
                Curl.post(hooks + "cloudonix/call-status", JSON, body)
                        .header(
                                "X-Cloudonix-Signature",
                                Signatures.sha256(DemoData.SHARED.get("cloudonix-status"), body)));
    }

    private Example callDetailRecord() {
        String body = "{\"owner\":{\"domain\":{\"uuid\":\"550e8400-e29b-41d4-a716-446655440000\"}},\"call_id\":\""
                + nonce + "\",\"from\":\"+14155551234\",\"to\":\"+14155559999\",\"duration\":120}";
        return new Example(
                "Cloudonix call detail record",
                "A call's record",
                200,
                "Nothing is signed: the record names a known domain, no more. The endpoint has to accept that aloud.",
                Curl.post(hooks + "cloudonix/cdr", JSON, body));
    }

    private Example voice() {
        String body = "{\"from\":\"+14155551234\",\"to\":\"+14155559999\",\"call_id\":\"" + nonce + "\"}";
        return new Example(
                "Cloudonix voice",
                "A call asks for its way",
                200,
                "The organisation's bearer token; the answer is CXML that says whom to dial.",
                Curl.post(hooks + "cloudonix/voice/route", JSON, body)
                        .header("Authorization", "Bearer " + DemoData.VOICE.get("1")));
    }

    private Example zorio() {
        String body = "{\"event\":\"pbx.call.hangup\",\"data\":{\"call_uuid\":\"" + nonce
                + "\",\"hangup_cause\":\"NORMAL_CLEARING\"}}";
        return new Example(
                "Zorio",
                "A call was hung up",
                200,
                "Holds for five minutes, as Zorio's timestamp says. A copy is answered “Duplicate”.",
                Curl.post(hooks + "zorio", JSON, body)
                        .header("X-Zorio-Signature", "sha256=" + Signatures.sha256(DemoData.SHARED.get("zorio"), body))
                        .header("X-Zorio-Timestamp", Long.toString(now.getEpochSecond()))
                        .header("X-Zorio-Delivery", nonce));
    }

    private Example signalWirePost() {
        Map<String, String> call = new LinkedHashMap<>();
        call.put("CallSid", nonce);
        call.put("From", "+14158675309");
        call.put("To", "+18005551212");
        call.put("CallStatus", "ringing");
        String url = hooks + "signalwire";
        return new Example(
                "SignalWire",
                "A call comes in",
                200,
                "The URL is signed together with the sorted form; the answer is cXML.",
                Curl.post(url, "application/x-www-form-urlencoded", form(call))
                        .header(
                                "X-SignalWire-Signature",
                                Signatures.signalWire(DemoData.SHARED.get("signalwire"), url, call)));
    }

    private Example signalWireGet() {
        String url = hooks + "signalwire?CallSid=" + nonce + "&From=%2B14158675309&CallStatus=ringing";
        return new Example(
                "SignalWire, by GET",
                "A call comes in",
                200,
                "Everything is in the URL, which is what is signed.",
                Curl.get(url)
                        .header(
                                "X-SignalWire-Signature",
                                Signatures.signalWire(DemoData.SHARED.get("signalwire"), url, Map.of())));
    }

    private static String form(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }
}
