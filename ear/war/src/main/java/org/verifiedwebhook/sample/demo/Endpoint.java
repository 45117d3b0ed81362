package org.verifiedwebhook.sample.demo;

import java.util.List;

/**
 * An endpoint, as the page lists it.
 *
 * @param methods the HTTP methods
 * @param path the path below {@code hooks/}
 * @param sender the sender's name
 * @param proof what a request has to show
 */
record Endpoint(String methods, String path, String sender, String proof) {

    static final List<Endpoint> ALL = List.of(
            new Endpoint("POST", "edgvoip", "edgvoip", "HMAC-SHA256 of the body, under the tenant's secret"),
            new Endpoint("POST", "chaindoc", "chaindoc", "HMAC-SHA256 of the body"),
            new Endpoint("POST", "chaindoc-v2", "chaindoc-v2", "HMAC-SHA256 of timestamp and body, five minutes"),
            new Endpoint("POST", "cloudonix/call-initiated", "cloudonix-status", "HMAC-SHA256 of the body"),
            new Endpoint("POST", "cloudonix/call-status", "cloudonix-status", "HMAC-SHA256 of the body"),
            new Endpoint("POST", "cloudonix/session-update", "cloudonix-status", "HMAC-SHA256 of the body"),
            new Endpoint("POST", "cloudonix/cdr", "cloudonix-cdr", "Nothing: identified by its domain's UUID"),
            new Endpoint("POST", "cloudonix/voice/route", "cloudonix-voice", "The organisation's bearer token"),
            new Endpoint("POST", "cloudonix/voice/ivr-input", "cloudonix-voice", "The organisation's bearer token"),
            new Endpoint(
                    "POST",
                    "cloudonix/voice/ring-group-callback",
                    "cloudonix-voice",
                    "The organisation's bearer token"),
            new Endpoint("POST", "zorio", "zorio", "HMAC-SHA256 of the body; unsigned timestamp, five minutes"),
            new Endpoint("GET, POST", "signalwire", "signalwire", "HMAC-SHA1 of the URL and of the form or the body"));
}
