package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.verifiedwebhook.SignedRequests.utf8;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.verifiedwebhook.SignedRequests.Draft;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.secret.CachingSecretProvider;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.sender.Reason;

/**
 * What is left in memory when requests are through, good ones and bad ones: searched in a dump of the live heap. What is
 * searched for stands masked in this test, so that it does not find itself.
 */
@Isolated
class HeapSecrecyTest {

    /** A timer wheel of the cache turns once in a second or so. */
    private static final long WHEEL_MILLIS = 1_200;

    private static final int MASK = 0x5A;

    private static final class Masked {
        private final byte[] bytes;

        private Masked(byte[] plain) {
            bytes = flipped(plain);
            Arrays.fill(plain, (byte) 0);
        }

        static Masked random() {
            byte[] random = new byte[20];
            new SecureRandom().nextBytes(random);
            return new Masked(HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII));
        }

        private static byte[] flipped(byte[] bytes) {
            byte[] flipped = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                flipped[i] = (byte) (bytes[i] ^ MASK);
            }
            return flipped;
        }

        byte[] plain() {
            return flipped(bytes);
        }

        String text() {
            return new String(plain(), StandardCharsets.US_ASCII);
        }

        boolean isAt(MappedByteBuffer in, int at) {
            for (int i = 0; i < bytes.length; i++) {
                if ((in.get(at + i) ^ MASK) != bytes[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private final Masked secret = Masked.random();
    private final Masked token = Masked.random();
    private final Masked body = Masked.random();
    private final Masked kept = Masked.random();
    private final Map<String, Masked> canaries =
            new TreeMap<>(Map.of("secret", secret, "token", token, "body", body, "kept on purpose", kept));
    private final AtomicReference<SecretSet> secrets =
            new AtomicReference<>(SecretSet.of(Secret.of("label", secret.plain())));
    private final Set<String> shownByThreads = new TreeSet<>();

    private final TestGate gate = TestGate.with(b -> b.secrets(r -> {
        lookAtThreads();
        return r.sender().equals("edgvoip") ? SecretSet.none() : secrets.get();
    }));

    private void lookAtThreads() {
        String dump = Arrays.toString(ManagementFactory.getThreadMXBean().dumpAllThreads(true, true));
        assertTrue(dump.contains("HeapSecrecyTest"));
        canaries.forEach((name, canary) -> {
            if (dump.contains(canary.text())) {
                shownByThreads.add(name);
            }
        });
    }

    private Draft signed(String event) {
        byte[] content = utf8("{\"event\":\"" + event + "\",\"canary\":\"" + body.text() + "\"}");
        byte[] tag = SignedRequests.mac("HmacSHA256", secret.plain(), content);
        return SignedRequests.zorio("x")
                .body(content)
                .tag("sha256=" + HexFormat.of().formatHex(tag));
    }

    /** A good request and bad ones, and no trace of them here. */
    private void play() {
        assertEquals(
                200,
                gate.claim(signed("good"))
                        .complete(Answer.text(200, "text/plain", "ok"))
                        .status());
        Draft forged = signed("forged");
        byte[] tag = SignedRequests.mac("HmacSHA256", secret.plain(), forged.body);
        canaries.put("computed tag", new Masked(tag.clone()));
        canaries.put("computed tag in hex", new Masked(utf8(HexFormat.of().formatHex(tag))));
        assertEquals(Reason.SIGNATURE_MISMATCH, gate.reason(forged.tag("sha256=" + "0".repeat(64))));
        assertInstanceOf(
                Admission.Answered.class,
                gate.admit(SignedRequests.voice(utf8("{\"to\":\"" + SignedRequests.TENANT_NUMBER + "\"}"))
                        .tag("Bearer " + token.text())));
        assertEquals(
                401, gate.answer(signed("torn").tag("sha256=" + token.text())).status());
    }

    private Set<String> live(Path directory) throws IOException {
        Path file = directory.resolve("live.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        Set<String> found = new TreeSet<>();
        try (FileChannel channel = FileChannel.open(file)) {
            MappedByteBuffer dump = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            List<Map.Entry<String, Masked>> all = List.copyOf(canaries.entrySet());
            for (int at = 0; at < dump.capacity() - 64; at++) {
                for (Map.Entry<String, Masked> canary : all) {
                    if (canary.getValue().isAt(dump, at)) {
                        found.add(canary.getKey());
                    }
                }
            }
        } finally {
            Files.delete(file);
        }
        return found;
    }

    @Test
    void liveHeap_keepsNothingOfARequestAndNoRemovedSecret(@TempDir Path directory) throws Exception {
        String keptOnPurpose = kept.text();
        play();
        assertEquals(6, canaries.size());
        assertEquals(
                Set.of("kept on purpose", "secret"), live(directory), "the control, and the secret that is in use");

        secrets.set(SecretSet.none());
        Thread.sleep(CachingSecretProvider.TIME_TO_LIVE.toMillis() + WHEEL_MILLIS);
        // Any request will do: nobody asks for the removed secret again.
        gate.reason(SignedRequests.edgvoip("acme"));
        assertEquals(Set.of("kept on purpose"), live(directory));
        assertEquals(Set.of(), shownByThreads);
        Reference.reachabilityFence(keptOnPurpose);
    }

    @Test
    void threadWithASecretInItsName_isFound() throws InterruptedException {
        Thread thread = new Thread(this::lookAtThreads, token.text());
        thread.start();
        thread.join();
        assertEquals(Set.of("token"), shownByThreads);
        assertFalse(thread.isAlive());
    }
}
