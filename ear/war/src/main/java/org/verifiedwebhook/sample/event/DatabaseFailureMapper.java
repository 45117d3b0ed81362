package org.verifiedwebhook.sample.event;

import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.sql.SQLException;

/**
 * Answers 503 when a handler found the database gone: it is a matter of time, and senders come again. Any other failure
 * of persistence is a fault of the application, 500.
 */
@Provider
public class DatabaseFailureMapper implements ExceptionMapper<PersistenceException> {

    private static final int MAX_CAUSES = 20;
    private static final int RETRY_AFTER_SECONDS = 5;

    @Override
    public Response toResponse(PersistenceException e) {
        return isUnavailable(e)
                ? Response.status(Response.Status.SERVICE_UNAVAILABLE)
                        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                        .build()
                : Response.serverError().build();
    }

    /** Whether the connection failed, the database lacks means or is being stopped, or the pool has no connection. */
    static boolean isUnavailable(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                return state == null || state.matches("(08|53|57).*");
            }
            cause = cause.getCause();
        }
        return false;
    }
}
