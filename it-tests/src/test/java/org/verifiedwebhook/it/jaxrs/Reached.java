package org.verifiedwebhook.it.jaxrs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts how often a method was reached, for tests to ask from outside. Open to all. */
@Path("reached/{what}")
@RequestScoped
public class Reached {

    private static final Map<String, Integer> COUNTS = new ConcurrentHashMap<>();

    /** Counts one more. */
    public static int count(String what) {
        return COUNTS.merge(what, 1, Integer::sum);
    }

    @GET
    public int get(@PathParam("what") String what) {
        return COUNTS.getOrDefault(what, 0);
    }
}
