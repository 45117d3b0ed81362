package org.verifiedwebhook;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Jazzer's way to the targets. Not in the build, as its name says to Surefire: see CONTRIBUTING.md. */
class ParserFuzz {

    @FuzzTest(maxDuration = "3m")
    void json(byte[] data) {
        FuzzTargets.json(data);
    }

    @FuzzTest(maxDuration = "3m")
    void tag(byte[] data) {
        FuzzTargets.tag(data);
    }

    @FuzzTest(maxDuration = "3m")
    void form(byte[] data) {
        FuzzTargets.form(data);
    }

    @FuzzTest(maxDuration = "3m")
    void header(byte[] data) {
        FuzzTargets.header(data);
    }

    @FuzzTest(maxDuration = "3m")
    void url(byte[] data) {
        FuzzTargets.url(data);
    }
}
