package org.verifiedwebhook.sample.edgvoip;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * The data of {@code trunk.status}.
 *
 * @param trunkId EDGVoIP's id of the trunk
 * @param trunkExternalId our id of the trunk
 * @param trunkName the trunk's name
 * @param previousStatus {@code unregistered}, for instance
 * @param currentStatus {@code registered}, for instance
 */
public record TrunkStatus(
        @JsonbProperty("trunk_id") String trunkId,
        @JsonbProperty("trunk_external_id") String trunkExternalId,
        @JsonbProperty("trunk_name") String trunkName,
        @JsonbProperty("previous_status") String previousStatus,
        @JsonbProperty("current_status") String currentStatus)
        implements EdgvoipData {}
