package org.verifiedwebhook;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * Tells whether the time of an operation depends on which of two kinds of input it gets: Welch's t over samples of both,
 * drawn in random order, without the slowest tenth, which is what the machine did meanwhile. Below 4.5 nothing is to be
 * seen.
 */
final class Timing {

    static final double SEEN = 4.5;

    /**
     * What is to be seen.
     *
     * @param t Welch's t
     * @param nanos how much longer one operation takes with kind 0
     */
    record Seen(double t, double nanos) {}

    private final int samples;
    private final int batch;
    private final Random random = new Random(20260101);
    private int sink;

    /** @param batch how often the operation runs in one sample: more where it is shorter than the clock's tick */
    Timing(int samples, int batch) {
        this.samples = samples;
        this.batch = batch;
    }

    /**
     * Measures once.
     *
     * @param input makes an input of kind 0 or 1, always anew, so that no kind has the better place in memory
     */
    <T> Seen measure(IntFunction<T> input, ToIntFunction<T> operation) {
        long[] nanos = new long[samples];
        int[] kinds = random.ints(samples, 0, 2).toArray();
        for (int i = -samples / 5; i < samples; i++) {
            int kind = i < 0 ? i & 1 : kinds[i];
            T made = input.apply(kind);
            long start = System.nanoTime();
            for (int n = 0; n < batch; n++) {
                sink += operation.applyAsInt(made);
            }
            long taken = System.nanoTime() - start;
            if (i >= 0) {
                nanos[i] = taken;
            }
        }
        return welch(nanos, kinds);
    }

    private Seen welch(long[] nanos, int[] kinds) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        long slowest = sorted[samples / 10 * 9];
        double[] count = new double[2];
        double[] sum = new double[2];
        double[] squares = new double[2];
        for (int i = 0; i < samples; i++) {
            if (nanos[i] < slowest) {
                count[kinds[i]]++;
                sum[kinds[i]] += nanos[i];
                squares[kinds[i]] += (double) nanos[i] * nanos[i];
            }
        }
        double[] variance = new double[2];
        for (int kind = 0; kind < 2; kind++) {
            double mean = sum[kind] / count[kind];
            variance[kind] = (squares[kind] / count[kind] - mean * mean) / count[kind];
        }
        double difference = sum[0] / count[0] - sum[1] / count[1];
        return new Seen(difference / Math.sqrt(variance[0] + variance[1]), difference / batch);
    }

    /** The smallest of three tries, so that what the machine did meanwhile fails nothing; what is there shows in all. */
    <T> Seen leastOfThree(IntFunction<T> input, ToIntFunction<T> operation) {
        Seen least = measure(input, operation);
        for (int i = 1; i < 3 && Math.abs(least.t()) >= SEEN; i++) {
            Seen seen = measure(input, operation);
            least = Math.abs(seen.t()) < Math.abs(least.t()) ? seen : least;
        }
        return least;
    }

    /** Keeps the operations from being optimised away. */
    int sink() {
        return sink;
    }
}
