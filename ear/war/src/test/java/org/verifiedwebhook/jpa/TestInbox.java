package org.verifiedwebhook.jpa;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.verifiedwebhook.inbox.OnWebhook;
import org.verifiedwebhook.sample.event.EventReader;

/** What the inbox would hand to the handlers of a class. */
public final class TestInbox {

    private TestInbox() {}

    /** The body as the handler of that event type takes it; fails if the class could not be deployed. */
    public static Object read(Class<?> handlers, String eventType, String body) {
        List<InboxHandler> all = InboxMethods.in(handlers).stream()
                .map(method -> {
                    InboxMethods.fault(method).ifPresent(fault -> {
                        throw new AssertionError(fault);
                    });
                    OnWebhook on = method.getAnnotation(OnWebhook.class);
                    return new InboxHandler(
                            method.getName(), on.sender(), on.type(), InboxMethods.data(method), event -> {});
                })
                .toList();
        if (!InboxMethods.doubles(all).isEmpty()) {
            throw new AssertionError(InboxMethods.doubles(all));
        }
        InboxHandler handler = new InboxHandlers(all)
                .find(all.get(0).sender(), Optional.of(eventType))
                .orElseThrow();
        try {
            return new EventBinder(EventReader.strict()).bind(body.getBytes(StandardCharsets.UTF_8), handler.data());
        } catch (EventBinder.UnbindableException e) {
            throw new AssertionError(e);
        }
    }
}
