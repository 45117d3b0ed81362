package org.verifiedwebhook.sample.edgvoip;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * The data of {@code extension.status}.
 *
 * @param extensionId EDGVoIP's id of the extension
 * @param extensionExternalId our id of the extension
 * @param extension the extension's number
 * @param previousStatus {@code unregistered}, for instance
 * @param currentStatus {@code registered}, for instance
 * @param connectionType {@code sip}, for instance
 * @param registrationIp where it registered from
 * @param registrationPort the port it registered from
 */
public record ExtensionStatus(
        @JsonbProperty("extension_id") String extensionId,
        @JsonbProperty("extension_external_id") String extensionExternalId,
        String extension,
        @JsonbProperty("previous_status") String previousStatus,
        @JsonbProperty("current_status") String currentStatus,
        @JsonbProperty("connection_type") String connectionType,
        @JsonbProperty("registration_ip") String registrationIp,
        @JsonbProperty("registration_port") Integer registrationPort)
        implements EdgvoipData {}
