package org.verifiedwebhook.it.inline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What handlers do: a row in a table, and some of them fail. */
@ApplicationScoped
public class Effects {

    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    @PersistenceContext(unitName = "webhook")
    EntityManager entities;

    /** Writes into whatever transaction there is; fails if there is none. */
    public void write(String name) {
        entities.createNativeQuery("insert into effect (name) values (?1)")
                .setParameter(1, name)
                .executeUpdate();
    }

    @Transactional
    public void writeTransactionally(String name) {
        write(name);
    }

    @Transactional
    public void writeAndFail(String name) {
        write(name);
        throw new IllegalStateException("on purpose");
    }

    /** Whether this is the first attempt. */
    public boolean first(String name) {
        return seen.add(name);
    }
}
