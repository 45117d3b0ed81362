package org.verifiedwebhook.secret;

import java.util.Arrays;
import java.util.List;

/**
 * The keys that a sender's settings can have. Whoever reads one takes it from here, so no other can have a meaning. What
 * stands above each is its row in {@code docs/settings.md}: value, default if its table has them, meaning.
 */
public enum SettingKey {
    // text | The secret, as the sender hands it out. Its key is made of the UTF-8 bytes unless the sender's file
    // says otherwise
    SECRET("secret"),
    // text | Counts beside `secret`: put the new one here before the sender changes over
    SECRET_NEXT("secret-next"),
    // text | Counts beside `secret`: the old one, while deliveries signed with it are on their way
    SECRET_PREVIOUS("secret-previous"),
    // ISO 8601 instant, `2026-12-31T23:59:59Z` | From then on `secret-previous` does not count. Absent: no end
    SECRET_PREVIOUS_UNTIL("secret-previous-until"),
    // `true` | Lets a secret be shorter than 16 bytes, which is otherwise refused (503, and the log says why). Of
    // the sender only, also for its tenants
    ALLOW_SHORT_SECRETS("allow-short-secrets"),
    // a scheme's name | all of the sender's file | Accepts this form of signature only
    SCHEME("scheme"),
    // header field | the sender's file | Takes the signature from another header field
    SIGNATURE_HEADER("signature-header"),
    // ISO 8601 duration, `PT5M` | the sender's file | How far the timestamp may be from now, either way, bounds
    // included
    TOLERANCE("tolerance"),
    // a [source](sender-files.md#sources), `path:-1` | the sender's file | Takes the tenant from this one place
    TENANT_FROM("tenant-from"),
    // raw query, or `none` | any | Admits only requests with exactly this query; `none`: without one
    QUERY("query"),
    // bytes, 1 to 999999999 | 1048576 | A longer body is answered 413, without being read to its end; so is a form
    // of more than 10000 fields
    MAX_BODY("max-body"),
    // ISO 8601 duration, `PT1S` to `PT10M` | `PT10S` | How long a body may take to arrive; a later one is answered
    // 408
    READ_WITHIN("read-within"),
    // ISO 8601 duration, `PT24H` or more | `PT24H` | How long a handled delivery is remembered
    RETENTION("retention"),
    // ISO 8601 duration, `PT5S` to `PT1H` | `PT30S` | How long a handler may take. Then its delivery may be handled
    // again, and what it did in the transaction of a store in a database does not commit. After a crash copies get
    // 503 until the lease ends; EDGVoIP gives up about 14 s, and its own time-outs, after its first attempt
    LEASE("lease"),
    // `inline`, `inbox` | `inline` | Who answers the sender: the application when it has handled the delivery, or
    // the [inbox](inbox.md) when it is stored. An endpoint in inbox mode has the servlet filter and no resource
    ACKNOWLEDGE("acknowledge"),
    // a [source](sender-files.md#sources), `json:/data/call_uuid` | none | In inbox mode: deliveries with the same
    // value there are handled one at a time in the order they came. Take a place that the signature covers
    ORDERING("ordering"),
    // requests and ISO 8601 duration, `100/PT1M`, or `none` | the sender's file: `100/PT1M` for Cloudonix status and
    // call records, `1000/PT1M` for Cloudonix voice, else `none` | How many deliveries of one tenant are handled in
    // how much time, see [rates](#rates)
    RATE("rate"),
    // the same | `none` | How many requests of one address are looked at in how much time, verified or not
    ADDRESS_RATE("address-rate"),
    // `true`, `false` | `false` | Handles copies of a delivery too
    HANDLE_COPIES("handle-copies"),
    // `true`, `false` | `false` | Answers unknown tenants as the sender's guide does (404 for EDGVoIP and Cloudonix
    // voice). Strangers can then find out which tenants exist. An unsigned sender does so anyway
    REVEAL_UNKNOWN_TENANTS("reveal-unknown-tenants"),
    // list, commas or blanks between | none | The tenants of an unsigned sender, where no `TenantResolver` knows
    // them
    KNOWN_TENANTS("known-tenants"),
    // absolute URL without user-info and fragment | none | The URL the sender calls, without the query: for senders
    // that sign it. A query in it stands where the request has none
    ENDPOINT_URL("endpoint-url"),
    // `true`, `false` | `false` | Answers plain HTTP with 403. Whether it was plain is told by the connection, or by
    // `X-Forwarded-Proto` of a trusted proxy
    REQUIRE_HTTPS("require-https"),
    // absolute URL without query, user-info and fragment | none | What stands before the path in the URL that the
    // sender calls: `https://hooks.example.com`
    PUBLIC_URL("public-url"),
    // addresses and ranges, `10.0.0.5, 10.1.0.0/16` | none | From these peers, and from no others,
    // `X-Forwarded-Proto`, `X-Forwarded-Host` and `X-Forwarded-For` are believed
    TRUSTED_PROXIES("trusted-proxies"),
    // bytes, up to 999999999 | 67108864 | The memory that the bodies of all requests of an application share, from
    // their first byte until they are answered. A body beyond it is answered 503. A quarter is kept for bodies of up
    // to 64 KiB, and no sender's `max-body` may be over the rest
    BODY_BUDGET("body-budget"),
    // `non-blocking`, `blocking` | `non-blocking` | `blocking`: no request is put aside while its body arrives, see
    // [reading](#reading)
    READING("reading");

    /** What the name of a value begins with that a sender's file leaves to the operator. */
    public static final String CONFIG = "config/";

    private static final List<SettingKey> OF_TENANTS =
            List.of(SECRET, SECRET_NEXT, SECRET_PREVIOUS, SECRET_PREVIOUS_UNTIL);

    /** The keys that no single sender has, because what they are about is shared by all. */
    private static final List<SettingKey> OF_ALL = List.of(BODY_BUDGET, READING);

    private final String key;

    SettingKey(String key) {
        this.key = key;
    }

    /** As it is written. */
    public String key() {
        return key;
    }

    /** The keys that a sender can have, as they are written. */
    public static List<String> ofSenders() {
        return Arrays.stream(values())
                .filter(k -> !OF_ALL.contains(k))
                .map(SettingKey::key)
                .toList();
    }

    /** The keys that a tenant can have, as they are written. */
    public static List<String> ofTenants() {
        return OF_TENANTS.stream().map(SettingKey::key).toList();
    }

    @Override
    public String toString() {
        return key;
    }
}
