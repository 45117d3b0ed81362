package org.verifiedwebhook.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What a server cannot do, and why. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(DisabledOnServer.Condition.class)
@interface DisabledOnServer {

    /** The servers. */
    Server[] value();

    /** Why. */
    String reason();

    /** Reads the annotation. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return AnnotationSupport.findAnnotation(context.getElement(), DisabledOnServer.class)
                    .filter(a -> Arrays.asList(a.value()).contains(Server.CURRENT))
                    .map(a -> ConditionEvaluationResult.disabled(Server.CURRENT + ": " + a.reason()))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("runs on " + Server.CURRENT));
        }
    }
}
