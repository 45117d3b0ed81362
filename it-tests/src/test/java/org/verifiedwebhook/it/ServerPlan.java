package org.verifiedwebhook.it;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to start.
 *
 * @param directory where the server keeps its files
 * @param deployments context roots, each a slash or a slash and a name, and the archives to deploy there, in order
 * @param systemProperties of the server's JVM
 */
record ServerPlan(Path directory, Map<String, Path> deployments, Map<String, String> systemProperties) {

    ServerPlan(Path directory) {
        this(directory.toAbsolutePath(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }
}
