package org.verifiedwebhook.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.inject.spi.CDIProvider;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerifiedWebhookInitializerTest {

    private final List<Object> listeners = new ArrayList<>();
    private final ServletContext context = Fakes.fake(
            ServletContext.class,
            Map.of(
                    "getAttribute",
                    a -> null,
                    "setAttribute",
                    a -> null,
                    "addListener",
                    a -> listeners.add(a[0]),
                    "addFilter",
                    a -> null));

    /** CDI that has nothing but the extension. */
    private static final class OnlyTheExtension extends CDI<Object> implements CDIProvider {

        private final BeanManager manager =
                Fakes.fake(BeanManager.class, Map.of("getExtension", a -> new VerifiedWebhookExtension()));

        @Override
        public CDI<Object> getCDI() {
            return this;
        }

        @Override
        public BeanManager getBeanManager() {
            return manager;
        }

        @Override
        public Instance<Object> select(Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U> Instance<U> select(Class<U> type, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U> Instance<U> select(TypeLiteral<U> type, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isUnsatisfied() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isAmbiguous() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void destroy(Object instance) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Handle<Object> getHandle() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterable<? extends Handle<Object>> handles() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object get() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterator<Object> iterator() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void applicationWithServletFiltersOnly_sharesItsGateWithThem() throws Exception {
        CDI.setCDIProvider(new OnlyTheExtension());
        new VerifiedWebhookInitializer().onStartup(null, context);
        assertEquals(
                List.of(GatePublisher.class),
                listeners.stream().map(Object::getClass).toList());
    }

    @Test
    void annotatedServlet_stopsTheDeploymentWithTheCure() {
        CDI.setCDIProvider(new OnlyTheExtension());
        ServletException refused = assertThrows(ServletException.class, () -> new VerifiedWebhookInitializer()
                .onStartup(
                        Set.of(
                                MisplacedAnnotationTest.AnnotatedServlet.class,
                                MisplacedAnnotationTest.AnnotatedServletClass.class),
                        context));
        for (String told : List.of("$AnnotatedServlet.doPost()", "$AnnotatedServletClass carries", "WebhookFilter")) {
            assertTrue(refused.getMessage().contains(told), refused.getMessage());
        }
        assertFalse(refused.getMessage().contains("@RequestScoped"), "that would not help");
    }

    @Test
    void annotatedServletWithoutCdi_isToldTheSameCure() {
        CDI.setCDIProvider(() -> null);
        ServletException refused = assertThrows(ServletException.class, () -> new VerifiedWebhookInitializer()
                .onStartup(Set.of(MisplacedAnnotationTest.AnnotatedServlet.class), context));
        assertTrue(refused.getMessage().contains("WebhookFilter"), refused.getMessage());
    }
}
