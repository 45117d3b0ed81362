package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bar R15 over HTTP: who cannot sign does not learn which tenants there are, neither by the answer nor by the time. */
final class TenantTiming {

    private static final boolean STRICT = Boolean.getBoolean("it.strict");
    private static final int PAIRS = STRICT ? 20_000 : 1_000;
    private static final int WARM = STRICT ? 5_000 : 500;

    private final URI root;

    TenantTiming(URI root) {
        this.root = root;
    }

    private byte[] request(String tenant, int padding) {
        String body = DemoSample.edgvoipBody(tenant, "x".repeat(8 + padding));
        String head = "POST " + root.resolve("hooks/edgvoip").getRawPath() + " HTTP/1.1\r\nHost: "
                + root.getAuthority() + "\r\nContent-Type: application/json\r\nX-Webhook-Signature: sha256="
                + "0".repeat(64) + "\r\nX-Request-ID: request-1\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends with a known and an unknown tenant in turn, and something else that has to show in the time. */
    void checkKnownAndUnknown() throws IOException {
        byte[] known = request(DemoSample.EDGVOIP_TENANT, 0);
        byte[] unknown = request("w3suite-tenant-xyz", 0);
        byte[] control = request(DemoSample.EDGVOIP_TENANT, 32_768);
        assertEquals(known.length, unknown.length);
        long[][] nanos = new long[3][PAIRS];
        try (KeptConnection line = new KeptConnection(root)) {
            assertEquals(line.exchange(known).timeless(), line.exchange(unknown).timeless());
            for (int i = -WARM; i < PAIRS; i++) {
                // Neither always goes first.
                boolean swapped = (i & 1) == 0;
                for (int turn = 0; turn < 2; turn++) {
                    int which = swapped ? 1 - turn : turn;
                    time(line, which == 0 ? known : unknown, nanos[which], i);
                }
                time(line, control, nanos[2], i);
            }
        }
        double[] medians = new double[3];
        for (int i = 0; i < 3; i++) {
            Arrays.sort(nanos[i]);
            medians[i] = nanos[i][PAIRS / 2] / 1_000.0;
        }
        System.out.printf(
                "R15 over HTTP, %d pairs: median of a known tenant %.1f us, of an unknown one %.1f us, control %.1f us%n",
                PAIRS, medians[0], medians[1], medians[2]);
        if (STRICT) {
            double bound = Math.max(20, 0.02 * medians[0]);
            assertTrue(Math.abs(medians[0] - medians[1]) <= bound, medians[0] + " and " + medians[1]);
            assertTrue(Math.abs(medians[0] - medians[2]) > bound, "the control is not told apart: " + medians[2]);
        }
    }

    private static void time(KeptConnection line, byte[] request, long[] nanos, int at) throws IOException {
        KeptConnection.Reply reply = line.exchange(request);
        assertTrue(reply.begins(401), reply.text());
        if (at >= 0) {
            nanos[at] = reply.nanos();
        }
    }
}
