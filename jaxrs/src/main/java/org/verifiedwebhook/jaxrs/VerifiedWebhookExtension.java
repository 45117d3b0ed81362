package org.verifiedwebhook.jaxrs;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.configurator.AnnotatedTypeConfigurator;
import jakarta.interceptor.Interceptor;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.secret.TenantResolver;

/** Puts {@link AdmissionGuard} before every endpoint that is a bean, and stops a deployment that could not be safe. */
public class VerifiedWebhookExtension implements Extension {

    private final List<Endpoint> endpoints = new ArrayList<>();
    private final Set<Class<?>> annotatedTypes = ConcurrentHashMap.newKeySet();
    private final Set<Class<?>> beans = ConcurrentHashMap.newKeySet();
    private volatile boolean resolver;
    private volatile boolean scanned;
    private volatile boolean subResources;

    /** Made by CDI. */
    public VerifiedWebhookExtension() {}

    // Late, so that no other extension replaces the type and the guard with it.
    <T> void guard(
            @Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ProcessAnnotatedType<T> event,
            BeanManager manager) {
        AnnotatedType<T> annotated = event.getAnnotatedType();
        Class<T> type = annotated.getJavaClass();
        if (type.isInterface()) {
            return;
        }
        List<Endpoint> found = Endpoint.in(type);
        if (Hierarchy.isConcrete(type) && (!found.isEmpty() || Endpoint.carries(type))) {
            endpoints.addAll(found);
            annotatedTypes.add(type);
        }
        if (annotated.getMethods().stream().noneMatch(m -> isGuarded(type, m.getJavaMember()))) {
            return;
        }
        AnnotatedTypeConfigurator<T> change = event.configureAnnotatedType();
        change.filterMethods(m -> isGuarded(type, m.getJavaMember())).forEach(m -> m.add(Guarded.Literal.INSTANCE));
        if (!found.isEmpty() && isRoot(type) && !hasScope(annotated, manager) && isProxyable(type)) {
            // What JAX-RS does with a resource that says nothing. Dependent ones would pile up in Jersey, guard and
            // all.
            change.add(RequestScoped.Literal.INSTANCE);
        }
    }

    void know(@Observes ProcessManagedBean<?> event) {
        beans.add(event.getBean().getBeanClass());
    }

    // The bean manager of this archive need not see the application's beans yet.
    <T extends TenantResolver> void knowResolver(@Observes ProcessBean<T> event) {
        resolver = true;
    }

    void knowSession(@Observes ProcessSessionBean<?> event) {
        beans.add(event.getBean().getBeanClass());
    }

    void check(@Observes AfterDeploymentValidation event) {
        if (annotatedTypes.isEmpty()) {
            return;
        }
        // An annotated endpoint answers by itself: whether there is an inbox does not matter.
        WebhookGate.Builder gate = WebhookGate.builder().inbox(entry -> {
            throw new IllegalStateException("this gate only checks");
        });
        if (resolver) {
            // Only that there is one counts here; the application's own beans are not to be woken yet.
            gate.tenants(claims -> List.of());
        }
        DeploymentFaults faults = new DeploymentFaults();
        endpoints.sort(Comparator.comparing(Endpoint::where));
        faults.check(endpoints, gate.build());
        faults.checkUse(annotatedTypes);
        if (faults.any()) {
            event.addDeploymentProblem(new DeploymentException(faults.message()));
        }
    }

    private static boolean isGuarded(Class<?> type, Method method) {
        // A locator may hand out an object that CDI did not make, so it is guarded even if it is not annotated.
        return !Modifier.isStatic(method.getModifiers())
                && !Modifier.isPrivate(method.getModifiers())
                && (Endpoint.of(type, method).isPresent() || Endpoint.kind(type, method) == Endpoint.Kind.LOCATOR);
    }

    private static boolean isRoot(Class<?> type) {
        return Hierarchy.of(type).stream().anyMatch(t -> t.isAnnotationPresent(Path.class));
    }

    private static boolean hasScope(AnnotatedType<?> type, BeanManager manager) {
        return type.getAnnotations().stream().anyMatch(a -> givesScope(a, manager));
    }

    private static boolean givesScope(Annotation annotation, BeanManager manager) {
        Class<? extends Annotation> type = annotation.annotationType();
        return manager.isScope(type)
                || type.getName().startsWith("jakarta.ejb.")
                || (manager.isStereotype(type)
                        && manager.getStereotypeDefinition(type).stream().anyMatch(a -> givesScope(a, manager)));
    }

    private static boolean isProxyable(Class<?> type) {
        boolean constructible = Arrays.stream(type.getDeclaredConstructors())
                .anyMatch(c -> c.getParameterCount() == 0 && !Modifier.isPrivate(c.getModifiers()));
        return constructible
                && !Modifier.isFinal(type.getModifiers())
                && Arrays.stream(type.getMethods())
                        .noneMatch(m -> Modifier.isFinal(m.getModifiers())
                                && m.getDeclaringClass() != Object.class
                                && !Modifier.isStatic(m.getModifiers()));
    }

    /** The endpoints that are beans. */
    List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    /** Whether calls of that class come by the guard, if JAX-RS takes it from CDI. */
    boolean isBean(Class<?> type) {
        return beans.contains(type);
    }

    /** Says whether a web application has annotated classes that only a locator hands out. */
    void scanned(boolean found) {
        subResources |= found;
        scanned = true;
    }

    /** Whether there may be annotated classes that only a locator hands out. */
    boolean hasSubResources() {
        return !scanned || subResources;
    }
}
