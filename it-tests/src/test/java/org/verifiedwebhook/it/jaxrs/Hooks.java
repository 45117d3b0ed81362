package org.verifiedwebhook.it.jaxrs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Set;
import org.verifiedwebhook.jaxrs.VerifiedWebhook;

/** Hooks with the annotation in every place where it counts. Each counts its name and answers the body. */
public final class Hooks {

    /** The root resources, {@link StatelessHook} among them. */
    static final Set<Class<?>> CLASSES = Set.of(
            OnClass.class,
            OnMethod.class,
            OnInterface.class,
            OnPathInterface.class,
            OnGenericInterface.class,
            OnSuperclass.class,
            MethodOverClass.class,
            Root.class,
            StatelessHook.class);

    private Hooks() {}

    private static String reached(String what, String body) {
        Reached.count(what);
        return body;
    }

    /** The annotation makes it a bean. */
    @Path("on-class")
    @VerifiedWebhook("zorio")
    public static class OnClass {
        @POST
        public String hook(String body) {
            return reached("on-class", body);
        }

        @GET
        public String get() {
            return reached("on-class", "got");
        }
    }

    @Path("on-method")
    @RequestScoped
    public static class OnMethod {
        @POST
        @VerifiedWebhook("zorio")
        public String hook(String body) {
            return reached("on-method", body);
        }

        @GET
        public String open() {
            return "open";
        }
    }

    /** For {@link OnInterface}. */
    @VerifiedWebhook("zorio")
    public interface Annotated {
        @POST
        String hook(String body);
    }

    @Path("on-interface")
    @RequestScoped
    public static class OnInterface implements Annotated {
        @Override
        public String hook(String body) {
            return reached("on-interface", body);
        }
    }

    /** For {@link OnPathInterface}. */
    @Path("on-path-interface")
    @VerifiedWebhook("zorio")
    public interface AnnotatedPath {
        @POST
        String hook(String body);
    }

    @RequestScoped
    public static class OnPathInterface implements AnnotatedPath {
        @Override
        public String hook(String body) {
            return reached("on-path-interface", body);
        }
    }

    /** For {@link OnGenericInterface}. */
    public interface Generic<T> {
        @POST
        @VerifiedWebhook("zorio")
        String hook(T body);
    }

    @Path("on-generic-interface")
    @RequestScoped
    public static class OnGenericInterface implements Generic<String> {
        @Override
        public String hook(String body) {
            return reached("on-generic-interface", body);
        }
    }

    /** For {@link OnSuperclass}. */
    public abstract static class AnnotatedSuperclass {
        @POST
        @VerifiedWebhook("zorio")
        public String hook(String body) {
            return reached("on-superclass", body);
        }
    }

    @Path("on-superclass")
    @ApplicationScoped
    public static class OnSuperclass extends AnnotatedSuperclass {}

    @Path("method-over-class")
    @VerifiedWebhook("chaindoc")
    public static class MethodOverClass {
        @POST
        @VerifiedWebhook("zorio")
        public String hook(String body) {
            return reached("method-over-class", body);
        }
    }

    /** Hands out sub-resources that CDI does not know of. */
    @Path("root")
    @RequestScoped
    public static class Root {
        @Path("sub")
        public Sub sub() {
            return new Sub();
        }

        @Path("object")
        public Object object() {
            return new Sub();
        }

        @Path("class")
        public Class<Sub> type() {
            return Sub.class;
        }
    }

    /** Handed out by {@link Root}. */
    @VerifiedWebhook("zorio")
    public static class Sub {
        @POST
        public String hook(String body) {
            return reached("sub", body);
        }
    }
}
