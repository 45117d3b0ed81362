package org.verifiedwebhook.sender;

import java.util.List;
import java.util.Map;

/** One way in which a sender shows that it is the sender. */
public sealed interface Scheme permits SignatureScheme, TokenScheme, IdentifierScheme {

    /** The name by which a setting can pin this scheme; unique within its sender. */
    String name();

    /** What a delivery verified by this scheme proves. */
    Assurance assurance();

    /** Where the signature or token stands; empty for {@link IdentifierScheme}. */
    List<Extractor> signature();

    /** What a request must hold for this scheme to be the one meant, beside its signature; empty for nothing. */
    Map<Source, String> when();
}
