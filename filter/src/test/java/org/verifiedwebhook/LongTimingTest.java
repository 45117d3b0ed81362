package org.verifiedwebhook;

import org.junit.jupiter.api.Tag;

/** {@link TimingTest} with ten times the samples: {@code mvn -Pchaos -pl filter test -Dtest=LongTimingTest}. */
@Tag("chaos")
class LongTimingTest extends TimingTest {

    @Override
    int samples() {
        return 1_000_000;
    }
}
