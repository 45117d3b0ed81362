package org.verifiedwebhook.sample.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command of the tool curl, to paste into a POSIX shell.
 *
 * @param url the URL, query included
 * @param headers lines of header fields
 * @param body what to post; without one it is a GET
 */
record Curl(String url, List<String> headers, Optional<String> body) {
    Curl {
        headers = List.copyOf(headers);
    }

    static Curl get(String url) {
        return new Curl(url, List.of(), Optional.empty());
    }

    static Curl post(String url, String contentType, String body) {
        return new Curl(url, List.of("Content-Type: " + contentType), Optional.of(body));
    }

    Curl header(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name + ": " + value);
        return new Curl(url, more, body);
    }

    /** The command, one argument a line. */
    @Override
    public String toString() {
        StringBuilder command = new StringBuilder("curl -i ").append(quote(url));
        headers.forEach(line -> command.append(" \\\n  -H ").append(quote(line)));
        // Raw: a body that begins with @ is a body and not a file's name.
        body.ifPresent(text -> command.append(" \\\n  --data-raw ").append(quote(text)));
        return command.toString();
    }

    /** One word of a POSIX shell: nothing is special between single quotes but the single quote. */
    static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
