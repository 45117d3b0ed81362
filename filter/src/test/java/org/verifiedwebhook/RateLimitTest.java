package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.delivery.DeliveryStoreUnavailableException;
import org.verifiedwebhook.sender.Rate;
import org.verifiedwebhook.sender.Reason;

/** Who is counted, who is refused, and that a refusal loses nothing. */
class RateLimitTest {

    private static final Answer OK = Answer.text(200, "text/plain", "ok");

    private int number;

    private Draft status(String organisation) {
        byte[] body = SignedRequests.utf8("{\"domain_uuid\":\"" + organisation + "\",\"status\":\"" + number++ + "\"}");
        return SignedRequests.status("x").body(body).tag(SignedRequests.hex("HmacSHA256", SignedRequests.SECRET, body));
    }

    private Draft edgvoip(String tenant, String secret) {
        byte[] body = SignedRequests.utf8("{\"tenant_external_id\":\"" + tenant + "\",\"n\":" + number++ + "}");
        return SignedRequests.edgvoipBody(body).tag("sha256=" + SignedRequests.hex("HmacSHA256", secret, body));
    }

    private Draft edgvoip() {
        return edgvoip("acme", SignedRequests.SECRET);
    }

    private Draft record(String address) {
        return SignedRequests.cdr(
                        SignedRequests.utf8("{\"owner\":{\"domain\":{\"uuid\":\"acme\"}},\"n\":" + number++ + "}"))
                .address(address);
    }

    private static boolean admitted(TestGate gate, Draft draft) {
        return gate.admit(draft) instanceof Admission.Admitted;
    }

    private static Optional<Reason> lastReason(TestGate gate) {
        return gate.outcomes.get(gate.outcomes.size() - 1).reason();
    }

    private void useUp(TestGate gate, int requests, java.util.function.Supplier<Draft> drafts) {
        for (int i = 0; i < requests; i++) {
            assertTrue(admitted(gate, drafts.get()), "request " + i);
        }
    }

    @Test
    void cloudonixStatusBeyondAHundredAMinute_isToldToComeAgain() {
        TestGate gate = TestGate.of();
        useUp(gate, 100, () -> status("org-1"));
        Answer answer = gate.answer(status("org-1"));
        assertEquals(
                "503 {Content-Type=application/json, Retry-After=1} {\"error\":\"Too many requests\"}",
                TestGate.text(answer));
        assertEquals(Optional.of(Reason.RATE_LIMITED), lastReason(gate));
        useUp(gate, 100, () -> status("org-2"));
        gate.now = gate.now.plusSeconds(1);
        useUp(gate, 1, () -> status("org-1"));
        assertEquals("1", gate.answer(status("org-1")).headers().get("Retry-After"));
        gate.now = gate.now.plusSeconds(60);
        useUp(gate, 100, () -> status("org-1"));
    }

    @Test
    void cloudonixVoiceBeyondAThousandAMinute_isToldToComeAgain() {
        TestGate gate = TestGate.of();
        useUp(gate, 1000, SignedRequests::voice);
        assertEquals(503, gate.answer(SignedRequests.voice()).status());
        assertEquals(Optional.of(Reason.RATE_LIMITED), lastReason(gate));
    }

    @Test
    void slowRate_saysHowLongToWait() {
        TestGate gate = TestGate.of("edgvoip/rate", "2/PT1M");
        useUp(gate, 2, this::edgvoip);
        assertEquals("30", gate.answer(edgvoip()).headers().get("Retry-After"));
        gate.now = gate.now.plusMillis(29_999);
        assertEquals("1", gate.answer(edgvoip()).headers().get("Retry-After"));
        gate.now = gate.now.plusMillis(1);
        useUp(gate, 1, this::edgvoip);
    }

    @Test
    void refusedDelivery_isHandledWhenItComesAgain() {
        TestGate gate = TestGate.of("edgvoip/rate", "1/PT1M");
        useUp(gate, 1, this::edgvoip);
        Draft refused = edgvoip();
        assertEquals(503, gate.answer(refused).status());
        assertEquals(Optional.of(Reason.RATE_LIMITED), lastReason(gate));
        gate.now = gate.now.plusSeconds(60);
        gate.claim(refused).complete(OK);
        assertEquals(
                WebhookOutcome.Kind.ACCEPTED,
                gate.outcomes.get(gate.outcomes.size() - 1).kind());
    }

    @Test
    void otherTenant_isNotAffected() {
        TestGate gate = TestGate.of("edgvoip/rate", "3/PT1M");
        useUp(gate, 3, this::edgvoip);
        assertEquals(503, gate.answer(edgvoip()).status());
        useUp(gate, 3, () -> edgvoip("globex", TestGate.OTHER_SECRET));
    }

    @Test
    void requestsThatDoNotVerify_useUpNobodysRate() {
        TestGate gate = TestGate.of("edgvoip/rate", "3/PT1M");
        for (int i = 0; i < 50; i++) {
            assertEquals(
                    401,
                    gate.answer(edgvoip("acme", "not-the-secret-of-anybody-but-long"))
                            .status());
        }
        useUp(gate, 3, this::edgvoip);
        // The control: those that verify do.
        assertEquals(503, gate.answer(edgvoip()).status());
    }

    @Test
    void copies_useUpNothing() {
        TestGate gate = TestGate.of("edgvoip/rate", "3/PT1M");
        Draft handled = edgvoip();
        gate.claim(handled).complete(OK);
        Draft inFlight = edgvoip();
        gate.claim(inFlight);
        for (int i = 0; i < 50; i++) {
            assertEquals(200, gate.answer(handled).status());
            assertEquals(503, gate.answer(inFlight).status());
            assertEquals(Optional.of(Reason.IN_FLIGHT), lastReason(gate));
        }
        useUp(gate, 1, this::edgvoip);
        gate.answer(edgvoip());
        assertEquals(Optional.of(Reason.RATE_LIMITED), lastReason(gate));
    }

    @Test
    void storeThatCannotClaim_usesUpNothing() {
        TestGate failing = TestGate.with(b -> b.deliveries(new FailingStore()), "edgvoip/rate", "3/PT1M");
        for (int i = 0; i < 50; i++) {
            failing.answer(edgvoip());
            assertEquals(Optional.of(Reason.STORE_UNAVAILABLE), lastReason(failing));
        }
    }

    private static final class FailingStore implements org.verifiedwebhook.delivery.DeliveryStore {
        @Override
        public org.verifiedwebhook.delivery.Claim claim(
                org.verifiedwebhook.delivery.DeliveryKeys keys, Duration lease, Duration retention) {
            throw new DeliveryStoreUnavailableException("down");
        }

        @Override
        public boolean complete(org.verifiedwebhook.delivery.ClaimToken token, Answer answer) {
            throw new DeliveryStoreUnavailableException("down");
        }

        @Override
        public void release(org.verifiedwebhook.delivery.ClaimToken token) {
            throw new DeliveryStoreUnavailableException("down");
        }
    }

    @Test
    void senderThatComesAgainAfter429_getsIt() {
        TestGate gate = TestGate.of("rate", "1/PT1M");
        gate.claim(SignedRequests.zorio("x"));
        assertEquals(
                "429 {Content-Type=text/plain;charset=UTF-8, Retry-After=60} Too many requests",
                TestGate.text(gate.answer(SignedRequests.zorio("y"))));
        gate.claim(SignedRequests.chaindoc());
        byte[] body = SignedRequests.utf8("{\"event\":\"another\"}");
        Draft another =
                SignedRequests.chaindoc().body(body).tag(SignedRequests.hex("HmacSHA256", SignedRequests.SECRET, body));
        assertEquals(503, gate.answer(another).status(), "one whose document does not say so");
    }

    @Test
    void rateOfTheSender_winsOverThatOfAllAndOverTheFile() {
        TestGate own = TestGate.of("rate", "1/PT1M", "edgvoip/rate", "5/PT1M");
        useUp(own, 5, this::edgvoip);
        assertEquals(503, own.answer(edgvoip()).status());
        TestGate all = TestGate.of("rate", "1/PT1M");
        useUp(all, 1, () -> status("org-1"));
        assertEquals(503, all.answer(status("org-1")).status());
        TestGate none = TestGate.of("cloudonix-status/rate", "none");
        useUp(none, 500, () -> status("org-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100",
                "100/60",
                "0/PT1M",
                "-1/PT1M",
                "100/PT0S",
                "100/PT-1M",
                "100/PT0.5S",
                "100/P2D",
                "1e3/PT1M",
                "99999999999/PT1M",
                "100/P1M",
                "off"
            })
    void rateThatCannotBeMeant_isRefusedByName(String value) {
        for (String key : List.of("zorio/rate", "zorio/address-rate", "address-rate")) {
            TestGate gate = TestGate.of(key, value);
            String message = assertThrows(IllegalArgumentException.class, () -> gate.gate.sender("zorio"))
                    .getMessage();
            assertTrue(message.startsWith("setting webhook/zorio/"), message);
            assertTrue(message.endsWith("100/PT1M for instance"), message);
        }
    }

    @ParameterizedTest
    @CsvSource({"1/PT1S, 1, PT1S", "999999999/P1D, 999999999, PT24H", "100/PT1M, 100, PT1M"})
    void rateAtItsBounds_isTaken(String text, int requests, Duration period) {
        assertEquals(new Rate(requests, period), Rate.parse(text));
    }

    @Test
    void addressWithoutASetting_isNotCounted() {
        TestGate gate = TestGate.of();
        for (int i = 0; i < 20_000; i++) {
            gate.answer(SignedRequests.zorio("x").tag());
        }
        useUp(gate, 1000, this::edgvoip);
        assertTrue(gate.outcomes.stream().noneMatch(o -> o.reason().equals(Optional.of(Reason.RATE_LIMITED))));
    }

    @Test
    void addressBeyondItsRate_isRefusedBeforeVerification() {
        TestGate gate = TestGate.of("edgvoip/address-rate", "3/PT1M");
        for (int i = 0; i < 3; i++) {
            assertEquals(401, gate.answer(edgvoip().tag()).status());
        }
        gate.asked.clear();
        assertEquals(503, gate.answer(edgvoip()).status());
        assertEquals(Optional.of(Reason.RATE_LIMITED), lastReason(gate));
        assertEquals(List.of(), gate.asked, "nothing was looked up");
        assertTrue(admitted(gate, edgvoip().address("192.0.2.8")), "another address");
        gate.now = gate.now.plusSeconds(20);
        assertTrue(admitted(gate, edgvoip()));
        assertEquals(401, gate.answer(SignedRequests.zorio("x").tag()).status(), "another sender");
    }

    /** What a doorway asks before it reads a body. */
    private static Optional<Answer> limited(TestGate gate, Draft draft) {
        return gate.gate.limit(draft.sender, draft::build).map(Admission.Answered::answer);
    }

    @Test
    void addressBeyondItsRate_isRefusedBeforeItsBodyIsThereAsAfter() {
        TestGate before = TestGate.of("edgvoip/address-rate", "2/PT1M");
        TestGate after = TestGate.of("edgvoip/address-rate", "2/PT1M");
        for (int i = 0; i < 2; i++) {
            assertEquals(Optional.empty(), limited(before, edgvoip()));
            assertTrue(admitted(after, edgvoip()));
        }
        assertEquals(
                TestGate.text(after.answer(edgvoip())),
                TestGate.text(limited(before, edgvoip()).orElseThrow()));
        assertEquals(Optional.of(Reason.RATE_LIMITED), lastReason(before));
        assertEquals(1, before.outcomes.size());
        before.now = before.now.plusSeconds(30);
        assertEquals(Optional.empty(), limited(before, edgvoip()));
    }

    @Test
    void requestThatWasCountedBeforeItsBody_isNotCountedAgain() {
        TestGate gate = TestGate.of("edgvoip/address-rate", "3/PT1M");
        for (int i = 0; i < 3; i++) {
            Draft draft = edgvoip();
            assertEquals(Optional.empty(), limited(gate, draft));
            assertInstanceOf(Admission.Admitted.class, gate.gate.admitCounted(draft.sender, draft.build(), false));
            assertEquals(
                    413,
                    gate.gate
                            .rejectCounted(draft.sender, draft.build(), Reason.BODY_TOO_LARGE)
                            .answer()
                            .status());
        }
        assertTrue(limited(gate, edgvoip()).isPresent(), "the control");
    }

    @Test
    void askingWhetherOneIsTooMany_countsNothing() {
        TestGate gate = TestGate.of("edgvoip/address-rate", "1/PT1M");
        for (int i = 0; i < 3; i++) {
            assertFalse(gate.gate.wouldLimit("edgvoip", edgvoip()::build));
        }
        assertTrue(admitted(gate, edgvoip()));
        for (int i = 0; i < 3; i++) {
            assertTrue(gate.gate.wouldLimit("edgvoip", edgvoip()::build));
        }
        assertFalse(gate.gate.wouldLimit("edgvoip", edgvoip().address("192.0.2.8")::build));
        gate.now = gate.now.plusSeconds(60);
        assertFalse(gate.gate.wouldLimit("edgvoip", edgvoip()::build));
        assertEquals(List.of(), gate.outcomes, "nobody is told");
    }

    @Test
    void headOfARequestWithoutAnAddressRate_isNotAskedFor() {
        TestGate gate = TestGate.of();
        java.util.function.Supplier<WebhookRequest> head = () -> {
            throw new AssertionError("it costs time");
        };
        assertEquals(Optional.empty(), gate.gate.limit("edgvoip", head));
        assertFalse(gate.gate.wouldLimit("edgvoip", head));
    }

    @Test
    void addressesOfOneIpv6Network_areCountedTogether() {
        TestGate gate = TestGate.of("edgvoip/address-rate", "3/PT1M");
        for (int i = 0; i < 3; i++) {
            assertTrue(admitted(gate, edgvoip().address("2001:db8:1:2::" + i)));
        }
        assertEquals(503, gate.answer(edgvoip().address("2001:db8:1:2:ffff::9")).status());
        assertTrue(admitted(gate, edgvoip().address("2001:db8:1:3::1")));
    }

    @Test
    void requestThatTheDoorwayRejects_isCountedToo() {
        TestGate gate = TestGate.of("edgvoip/address-rate", "3/PT1M");
        for (int i = 0; i < 3; i++) {
            gate.gate.reject("edgvoip", edgvoip().build(), Reason.BODY_TOO_LARGE);
        }
        assertEquals(503, gate.answer(edgvoip()).status());
        Answer tooLarge = gate.gate
                .reject("edgvoip", edgvoip().build(), Reason.BODY_TOO_LARGE)
                .answer();
        assertEquals(413, tooLarge.status(), "what is too large stays so");
    }

    /** Whoever knows a domain's UUID can send its records; that must not shut out its owner. */
    @Test
    void unsignedSendersTenant_isCountedForEachAddress() {
        TestGate gate = TestGate.of();
        useUp(gate, 100, () -> record("198.51.100.66"));
        assertEquals(503, gate.answer(record("198.51.100.66")).status());
        useUp(gate, 100, () -> record("192.0.2.7"));
    }

    @Test
    void gateWithMoreSettings_sharesTheCount() {
        TestGate gate = TestGate.of("edgvoip/rate", "2/PT1M");
        WebhookGate more = gate.gate.precededBy(name -> Optional.empty());
        useUp(gate, 2, this::edgvoip);
        assertInstanceOf(
                Admission.Answered.class, more.admit("edgvoip", edgvoip().build()));
    }

    @Test
    void addressesByTheTenThousands_areForgottenNotGathered() {
        AtomicLong nanos = new AtomicLong();
        RateLimits.Limit limit = new RateLimits(nanos::get).limit("x", Rate.parse("5/PT1M"));
        for (int i = 0; i < 50_000; i++) {
            assertEquals(OptionalLong.empty(), limit.take("address " + i));
        }
        assertTrue(limit.size() <= RateLimits.MAX_BUCKETS, () -> limit.size() + " buckets");
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        assertEquals(0, limit.size(), "idle ones");
    }

    @Test
    void tokensOfManyThreads_areAsManyAsTheRate() throws Exception {
        RateLimits.Limit limit = new RateLimits(() -> 0).limit("x", Rate.parse("1000/PT1M"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Long>> taken = threads.invokeAll(IntStream.range(0, 8)
                    .mapToObj(t -> (java.util.concurrent.Callable<Long>) () -> IntStream.range(0, 500)
                            .filter(i -> limit.take("one").isEmpty())
                            .count())
                    .toList());
            long sum = 0;
            for (Future<Long> future : taken) {
                sum += future.get();
            }
            assertEquals(1000, sum);
        } finally {
            threads.shutdown();
        }
    }
}
