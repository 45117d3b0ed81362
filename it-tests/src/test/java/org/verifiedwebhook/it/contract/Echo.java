package org.verifiedwebhook.it.contract;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.verifiedwebhook.WebhookDelivery;

/** What both applications do with a delivery: tell what they got, and how often they got anything. */
final class Echo {

    static final AtomicInteger RUNS = new AtomicInteger();
    private static volatile CountDownLatch gate = new CountDownLatch(0);

    private Echo() {}

    static String handle(WebhookDelivery delivery, byte[] body, Principal principal) {
        int run = RUNS.incrementAndGet();
        String text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
        if (text.contains("wait-for-gate")) {
            await();
        }
        if (text.contains("fail-first") && run % 2 == 1) {
            throw new IllegalStateException("fails on purpose");
        }
        return "sender=" + delivery.sender() + " tenant=" + delivery.tenant().orElse("-") + " claimed="
                + delivery.claimedTenant().orElse("-") + " id=" + delivery.id().orElse("-") + " event="
                + delivery.eventType().orElse("-") + " assurance=" + delivery.assurance() + " secret="
                + delivery.secretLabel().orElse("-") + " principal=" + (principal == null ? "-" : principal.getName())
                + " body=" + sha256(body) + " raw="
                + sha256(delivery.rawBody()) + " run=" + run;
    }

    /** Deliveries that ask for it wait until {@link #open}. */
    static void close() {
        gate = new CountDownLatch(1);
    }

    static void open() {
        gate.countDown();
    }

    private static void await() {
        try {
            if (!gate.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the gate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
