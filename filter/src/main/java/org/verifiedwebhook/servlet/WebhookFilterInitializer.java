package org.verifiedwebhook.servlet;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Set;

/** Puts up what lets webhook filters receive bodies without a thread for each. */
public final class WebhookFilterInitializer implements ServletContainerInitializer {

    /** Made by the container. */
    public WebhookFilterInitializer() {}

    @Override
    public void onStartup(Set<Class<?>> found, ServletContext context) {
        BodyReading.install(context);
    }
}
