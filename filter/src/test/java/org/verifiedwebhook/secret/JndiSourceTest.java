package org.verifiedwebhook.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.naming.CommunicationException;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.Reference;
import javax.naming.spi.InitialContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Settings in JNDI: the names asked, and what is absent, broken, or no text. */
@ResourceLock("java.naming.factory.initial")
class JndiSourceTest {

    private static final Map<String, Object> BOUND = new HashMap<>();
    private static final List<String> ASKED = new ArrayList<>();

    /** A naming service of a map; an exception in it is thrown. */
    public static final class Naming implements InitialContextFactory {
        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) {
            return context();
        }
    }

    private static Context context() {
        return (Context) Proxy.newProxyInstance(
                JndiSourceTest.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, args) -> method.getName().equals("lookup") ? lookup((String) args[0]) : null);
    }

    private static Object lookup(String name) throws NamingException {
        ASKED.add(name);
        Object value = BOUND.get(name);
        if (value instanceof NamingException e) {
            throw e;
        }
        if (value == null) {
            throw new NameNotFoundException(name);
        }
        return value;
    }

    @BeforeEach
    void install() {
        BOUND.clear();
        ASKED.clear();
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Naming.class.getName());
    }

    @AfterEach
    void remove() {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    }

    private static Optional<String> find() {
        return new JndiSource().find(SettingName.of("zorio", "secret"));
    }

    /** The names with {@code java:} are a URL scheme of their own, which only servers have: here the plain name is. */
    @Test
    void boundText_isFound() {
        BOUND.put("webhook/zorio/secret", "text");
        assertEquals(Optional.of("text"), find());
    }

    @Test
    void numberOrFlag_isItsText() {
        BOUND.put("webhook/zorio/secret", 42);
        assertEquals(Optional.of("42"), find());
        BOUND.put("webhook/zorio/secret", true);
        assertEquals(Optional.of("true"), find());
    }

    @Test
    void nothingBound_isAbsent() {
        assertEquals(Optional.empty(), find());
        assertTrue(ASKED.contains("webhook/zorio/secret"), ASKED::toString);
    }

    @Test
    void contextOfThatName_isAbsent() {
        BOUND.put("webhook/zorio/secret", context());
        assertEquals(Optional.empty(), find());
    }

    @Test
    void absenceWrappedByAServer_isAbsent() {
        NamingException wrapped = new NamingException("Lookup failed");
        wrapped.initCause(new NameNotFoundException("no"));
        BOUND.put("webhook/zorio/secret", wrapped);
        assertEquals(Optional.empty(), find());
    }

    @Test
    void brokenService_isNotAbsent() {
        BOUND.put("webhook/zorio/secret", new CommunicationException("down"));
        assertThrows(SecretUnavailableException.class, JndiSourceTest::find);
    }

    /** What such an object says of itself can be guessed. */
    @Test
    void objectThatIsNoText_isRefusedAndNotTakenForASecret() {
        for (Object object : List.of(new Reference("canary-canary-canary"), new Object(), Map.of("canary", "canary"))) {
            BOUND.put("webhook/zorio/secret", object);
            String message = assertThrows(SecretUnavailableException.class, JndiSourceTest::find)
                    .getMessage();
            assertTrue(message.contains("webhook/zorio/secret") && message.contains("bind a text"), message);
            assertFalse(message.contains("canary"), message);
        }
    }
}
