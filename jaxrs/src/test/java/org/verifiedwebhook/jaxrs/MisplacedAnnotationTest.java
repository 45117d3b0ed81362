package org.verifiedwebhook.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The annotation where JAX-RS sees nothing: it would look protected, and would not be. */
class MisplacedAnnotationTest {

    private static final String CURE = "WebhookFilter";

    private static DeploymentFaults faults(Class<?>... types) {
        DeploymentFaults faults = new DeploymentFaults();
        faults.checkUse(List.of(types));
        return faults;
    }

    private static void assertRefused(String where, Class<?>... types) {
        DeploymentFaults faults = faults(types);
        assertTrue(faults.any(), where);
        String message = faults.message();
        assertEquals(2, message.lines().count(), message);
        assertTrue(message.contains(where) && message.contains(CURE), message);
    }

    private static void assertAccepted(Class<?>... types) {
        DeploymentFaults faults = faults(types);
        assertFalse(faults.any(), faults::message);
    }

    @SuppressWarnings("serial")
    public static class AnnotatedServlet extends HttpServlet {
        @Override
        @VerifiedWebhook("zorio")
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {}
    }

    @SuppressWarnings("serial")
    public static class ServletBelow extends AnnotatedServlet {
        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {}
    }

    @Test
    void servletsProtectedMethod_isAnEndpointThatHandlesNothing() {
        List<Endpoint> endpoints = Endpoint.in(AnnotatedServlet.class);
        assertEquals(1, endpoints.size());
        assertEquals(Endpoint.Kind.OTHER, endpoints.get(0).kind());
        assertRefused("$AnnotatedServlet.doPost()", AnnotatedServlet.class);
        assertRefused("$ServletBelow.doPost()", ServletBelow.class);
    }

    @SuppressWarnings("serial")
    public abstract static class AbstractServlet extends HttpServlet {
        @Override
        @VerifiedWebhook("zorio")
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {}
    }

    @SuppressWarnings("serial")
    @VerifiedWebhook("zorio")
    public abstract static class AbstractServletClass extends HttpServlet {}

    /** Containers do not hand over a class that only inherits an annotated method, and no servlet is a resource. */
    @Test
    void abstractServlet_isRefusedForWhatWouldInheritFromIt() {
        assertRefused("$AbstractServlet.doPost()", AbstractServlet.class);
        assertRefused("$AbstractServletClass carries @VerifiedWebhook", AbstractServletClass.class);
    }

    public static class HiddenMethods {
        @POST
        @VerifiedWebhook("zorio")
        protected void ofProtected() {}

        @POST
        @VerifiedWebhook("zorio")
        void ofPackage() {}

        @POST
        @VerifiedWebhook("zorio")
        private void ofPrivate() {}

        @POST
        @VerifiedWebhook("zorio")
        public static void ofClass() {}
    }

    public static class HidingBelow extends HiddenMethods {}

    /** JAX-RS takes public methods of an object only, whatever they say. */
    @Test
    void methodThatJaxRsDoesNotSee_isRefused() {
        for (Class<?> type : List.of(HiddenMethods.class, HidingBelow.class)) {
            String message = faults(type).message();
            for (String hidden : List.of("ofProtected", "ofPackage", "ofPrivate", "ofClass")) {
                assertTrue(message.contains(type.getSimpleName() + "." + hidden + "()"), message);
            }
        }
    }

    public abstract static class HiddenContract {
        @VerifiedWebhook("zorio")
        protected abstract String hook();
    }

    @Path("opened")
    public static class Opened extends HiddenContract {
        @POST
        @Override
        public String hook() {
            return "";
        }
    }

    @Test
    void hiddenMethodThatAPublicOneOverrides_isThatOne() {
        assertEquals(1, Endpoint.in(Opened.class).size());
        assertAccepted(HiddenContract.class, Opened.class);
    }

    @SuppressWarnings("serial")
    @VerifiedWebhook("zorio")
    public static class AnnotatedServletClass extends HttpServlet {
        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {}
    }

    @VerifiedWebhook("zorio")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Ours {}

    @Ours
    public static class ByStereotype {
        public void onMessage() {}
    }

    @VerifiedWebhook("zorio")
    public interface Marker {}

    public static class ByInterface implements Marker {
        public void onMessage() {}
    }

    @VerifiedWebhook("zorio")
    public static class PostIsHidden {
        @POST
        void hook() {}
    }

    @Test
    void classWithoutResourceMethod_isRefused() {
        assertRefused(
                "$AnnotatedServletClass carries @VerifiedWebhook and has no resource method",
                AnnotatedServletClass.class);
        assertRefused("$ByStereotype carries @VerifiedWebhook", ByStereotype.class, Ours.class);
        assertRefused("$ByInterface carries @VerifiedWebhook", Marker.class, ByInterface.class);
        assertRefused("$PostIsHidden carries @VerifiedWebhook", PostIsHidden.class);
    }

    @VerifiedWebhook("zorio")
    public static class Base {
        protected String helped() {
            return "";
        }
    }

    @Path("below")
    public static class Below extends Base {
        @POST
        public String hook() {
            return helped();
        }
    }

    public static class Nothing extends Base {}

    @VerifiedWebhook("zorio")
    public abstract static class AbstractBase {}

    @VerifiedWebhook("zorio")
    public static class SubResource {
        @POST
        public void hook() {}
    }

    @Path("marked")
    public static class Marked implements Marker {
        @POST
        public void hook() {}
    }

    @Test
    void classThatOthersInheritFrom_isAcceptedIfOneOfThemHasAResourceMethod() {
        assertAccepted(Base.class, Below.class);
        assertRefused("$Nothing carries @VerifiedWebhook", Base.class, Below.class, Nothing.class);
        assertAccepted(AbstractBase.class, Marker.class, SubResource.class, Marked.class);
    }

    @VerifiedWebhook("zorio")
    public static class WithLocatorOnly {
        @Path("sub")
        public Object sub() {
            return "";
        }
    }

    @Test
    void locator_hasItsOwnFault() {
        assertAccepted(WithLocatorOnly.class);
    }
}
