package org.verifiedwebhook.sample.demo;

import java.util.List;

/**
 * A demo tenant, as the page lists it.
 *
 * @param sender the sender's name
 * @param tenant what a request names
 * @param note what to know of it
 */
record DemoTenant(String sender, String tenant, String note) {

    static final List<DemoTenant> ALL = List.of(
            new DemoTenant(
                    "edgvoip", "w3suite-tenant-001", "The tenant of EDGVoIP's guide, with the secret printed there"),
            new DemoTenant("edgvoip", "w3suite-tenant-002", "Another tenant, with a secret of its own"),
            new DemoTenant("cloudonix-voice", "+14155559999", "The number of organisation one; dials +14155551001"),
            new DemoTenant("cloudonix-voice", "+14155558888", "The number of organisation two; dials +14155552001"),
            new DemoTenant("cloudonix-cdr", "550e8400-e29b-41d4-a716-446655440000", "The domain of organisation one"),
            new DemoTenant("cloudonix-cdr", "660e8400-e29b-41d4-a716-446655440000", "The domain of organisation two"));
}
