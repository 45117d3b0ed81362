package org.verifiedwebhook.it.inline;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** An enterprise bean with the transactions of its container. */
@Stateless
public class EffectBean {

    @Inject
    Effects effects;

    public void write(String name) {
        effects.write(name);
    }
}
