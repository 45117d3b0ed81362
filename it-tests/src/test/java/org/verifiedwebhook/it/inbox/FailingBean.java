package org.verifiedwebhook.it.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Marks its caller's transaction for rollback. */
@ApplicationScoped
public class FailingBean {

    @Transactional
    public void fail() {
        throw new IllegalStateException("on purpose");
    }
}
