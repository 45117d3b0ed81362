package org.verifiedwebhook.it.inline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** A bean with transactions that calls another. */
@ApplicationScoped
public class OuterEffects {

    @Inject
    Effects effects;

    @Transactional
    public void write(String name) {
        effects.writeTransactionally(name);
    }
}
