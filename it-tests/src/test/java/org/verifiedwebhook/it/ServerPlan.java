package org.verifiedwebhook.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to start.
 *
 * @param directory where the server keeps its files
 * @param deployments context roots, each a slash or a slash and a name, and the archives to deploy there, in order
 * @param systemProperties of the server's JVM
 * @param environment variables of the server
 * @param operations what its operator does before the applications are deployed
 */
record ServerPlan(
        Path directory,
        Map<String, Path> deployments,
        Map<String, String> systemProperties,
        Map<String, String> environment,
        List<Operation> operations) {

    ServerPlan(Path directory) {
        this(
                directory.toAbsolutePath(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new ArrayList<>());
    }
}
