package org.verifiedwebhook.jaxrs;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.verifiedwebhook.servlet.BodyReading;

/**
 * Refuses a web application with endpoints that CDI or JAX-RS does not know, and puts up what a web application needs.
 *
 * <p>CDI sees the beans only; the servlet container hands over every class with the annotations.
 */
@HandlesTypes({VerifiedWebhook.class, Path.class, Application.class})
public final class VerifiedWebhookInitializer implements ServletContainerInitializer {

    private static final String DONE = VerifiedWebhookInitializer.class.getName();

    /** Made by the container. */
    public VerifiedWebhookInitializer() {}

    @Override
    public void onStartup(Set<Class<?>> found, ServletContext context) throws ServletException {
        // The library may be in an EAR's lib and in the WAR as well.
        if (context.getAttribute(DONE) != null) {
            return;
        }
        context.setAttribute(DONE, true);
        BodyReading.install(context);
        List<Class<?>> types = found == null
                ? List.of()
                : found.stream()
                        .filter(type -> !type.isAnnotation())
                        .sorted(Comparator.comparing(Class::getName))
                        .toList();
        if (types.stream().noneMatch(VerifiedWebhookInitializer::isEndpoint)) {
            if (hasCdi()) {
                extension().scanned(false);
                // A servlet filter wants the application's secrets and its memory of deliveries all the same.
                context.addListener(new GatePublisher());
                context.setAttribute(BodyReading.AROUND, new AsyncScope());
            }
            return;
        }
        DeploymentFaults faults = new DeploymentFaults();
        faults.checkUse(types);
        if (faults.any()) {
            throw new ServletException(faults.message());
        }
        if (!hasCdi()) {
            throw new ServletException(
                    "Verified Webhook refuses this deployment: @VerifiedWebhook needs CDI, and there is none here");
        }
        boolean subResources = types.stream().anyMatch(t -> isEndpoint(t) && !isRoot(t));
        check(types, subResources);
        extension().scanned(subResources);
        context.addListener(new ClaimKeeper());
        context.addListener(new GatePublisher());
        context.setAttribute(BodyReading.AROUND, new AsyncScope());
        FilterRegistration.Dynamic prereader =
                context.addFilter(BodyPrereader.class.getName(), new BodyPrereader(new EndpointPaths(types)));
        prereader.setAsyncSupported(true);
        // The last: a request that is put aside has passed all other filters, for they are not asked again.
        prereader.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }

    private static void check(List<Class<?>> types, boolean subResources) throws ServletException {
        DeploymentFaults faults = new DeploymentFaults();
        for (Class<?> type : types) {
            boolean needed = isEndpoint(type) || (subResources && hasLocator(type));
            if (Hierarchy.isConcrete(type) && needed && !extension().isBean(type)) {
                faults.add(type.getName() + " is not a CDI bean, so that nothing would keep unverified requests from it"
                        + " where JAX-RS ignores this library: add @RequestScoped to the class");
            }
        }
        types.forEach(type -> HandMadeResources.addTo(faults, type));
        if (faults.any()) {
            throw new ServletException(faults.message());
        }
    }

    // Asked from here: Payara counts an extension to several archives, and CDI.current() fails in it.
    private static VerifiedWebhookExtension extension() {
        return CDI.current().getBeanManager().getExtension(VerifiedWebhookExtension.class);
    }

    private static boolean hasCdi() {
        try {
            return CDI.current() != null;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static boolean isEndpoint(Class<?> type) {
        return type.isAnnotationPresent(VerifiedWebhook.class)
                || !Endpoint.in(type).isEmpty();
    }

    private static boolean hasLocator(Class<?> type) {
        return Arrays.stream(type.getMethods()).anyMatch(m -> Endpoint.kind(type, m) == Endpoint.Kind.LOCATOR);
    }

    private static boolean isRoot(Class<?> type) {
        return Hierarchy.of(type).stream().anyMatch(t -> t.isAnnotationPresent(Path.class));
    }
}
