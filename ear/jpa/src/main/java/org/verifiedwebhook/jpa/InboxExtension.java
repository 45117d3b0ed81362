package org.verifiedwebhook.jpa;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.verifiedwebhook.inbox.OnWebhook;
import org.verifiedwebhook.inbox.WebhookEvent;
import org.verifiedwebhook.sender.Senders;

/** Finds the {@link OnWebhook} methods of beans, and stops a deployment with ones that could not be called. */
public class InboxExtension implements Extension {

    private final List<Found> found = new ArrayList<>();
    private final Set<Class<?>> beans = ConcurrentHashMap.newKeySet();
    private volatile InboxHandlers handlers = new InboxHandlers(List.of());

    /** Made by CDI. */
    public InboxExtension() {}

    private record Found(Bean<?> bean, Method method) {}

    void collect(@Observes ProcessManagedBean<?> event) {
        collect(event.getBean());
    }

    void collectSession(@Observes ProcessSessionBean<?> event) {
        collect(event.getBean());
    }

    private synchronized void collect(Bean<?> bean) {
        List<Method> methods = InboxMethods.in(bean.getBeanClass());
        // Payara hands a bean over once for each archive that it counts the extension to.
        if (!methods.isEmpty() && beans.add(bean.getBeanClass())) {
            methods.forEach(method -> found.add(new Found(bean, method)));
        }
    }

    synchronized void check(@Observes AfterDeploymentValidation event, BeanManager manager) {
        if (found.isEmpty()) {
            return;
        }
        Set<String> faults = new LinkedHashSet<>();
        List<InboxHandler> good = new ArrayList<>();
        found.sort(Comparator.comparing(f -> f.method().toGenericString()));
        Senders senders = Senders.standard();
        for (Found one : found) {
            Optional<String> fault = InboxMethods.fault(one.method()).or(() -> unknownSender(one.method(), senders));
            if (fault.isPresent()) {
                faults.add(fault.get());
            } else {
                good.add(handler(one, manager));
            }
        }
        faults.addAll(InboxMethods.doubles(good));
        if (faults.isEmpty()) {
            handlers = new InboxHandlers(good);
        } else {
            event.addDeploymentProblem(new DeploymentException(message(faults)));
        }
    }

    /** All that is wrong, in one message. */
    static String message(Iterable<String> faults) {
        return "Verified Webhook refuses this deployment:\n- " + String.join("\n- ", faults);
    }

    private static Optional<String> unknownSender(Method method, Senders senders) {
        String name = method.getAnnotation(OnWebhook.class).sender();
        try {
            return senders.find(name).isPresent()
                    ? Optional.empty()
                    : Optional.of(InboxHandler.where(method) + ": unknown sender '" + name + "'; known are "
                            + senders.names());
        } catch (IllegalArgumentException e) {
            return Optional.of(InboxHandler.where(method) + ": " + e.getMessage());
        }
    }

    private static InboxHandler handler(Found found, BeanManager manager) {
        Method method = found.method();
        OnWebhook on = method.getAnnotation(OnWebhook.class);
        return new InboxHandler(
                InboxHandler.where(method),
                on.sender(),
                on.type(),
                InboxMethods.data(method),
                event -> call(found, manager, event));
    }

    private static void call(Found found, BeanManager manager, WebhookEvent<?> event) throws Exception {
        CreationalContext<?> context = manager.createCreationalContext(found.bean());
        try {
            found.method()
                    .invoke(manager.getReference(found.bean(), found.bean().getBeanClass(), context), event);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            context.release();
        }
    }

    /** The handlers that may be called. */
    InboxHandlers handlers() {
        return handlers;
    }

    /** Whether methods of that class are called. */
    boolean isBean(Class<?> type) {
        return beans.contains(type);
    }
}
