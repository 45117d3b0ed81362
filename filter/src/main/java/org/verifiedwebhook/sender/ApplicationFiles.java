package org.verifiedwebhook.sender;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** Lists the application's sender files for a proposal, where its class loader lets them be listed. */
final class ApplicationFiles {

    private static final String JSON = ".json";

    private ApplicationFiles() {}

    static Set<String> names(ClassLoader application, String directory) {
        Set<String> names = new TreeSet<>();
        try {
            for (URL url : Collections.list(application.getResources(directory))) {
                for (String file : files(url.openConnection(), directory)) {
                    if (file.endsWith(JSON)) {
                        names.add(file.substring(0, file.length() - JSON.length()));
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            // A proposal less.
            return names;
        }
        return names;
    }

    private static List<String> files(URLConnection connection, String directory) throws IOException {
        // A cached jar would stay open, or be closed for others.
        connection.setUseCaches(false);
        if (connection instanceof JarURLConnection jar) {
            try (JarFile file = jar.getJarFile()) {
                return file.stream()
                        .map(ZipEntry::getName)
                        .filter(name -> name.startsWith(directory))
                        .map(name -> name.substring(directory.length()))
                        .toList();
            }
        }
        if (!connection.getURL().getProtocol().equals("file")) {
            return List.of();
        }
        // The JDK reads a directory as the list of its files.
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
