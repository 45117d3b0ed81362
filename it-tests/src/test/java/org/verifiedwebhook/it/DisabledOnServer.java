package org.verifiedwebhook.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
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
@Repeatable(DisabledOnServer.List.class)
@interface DisabledOnServer {

    /** The servers. */
    Server[] value();

    /** Why. */
    String reason();

    /** Several, each for its own reason. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(DisabledOnServer.Condition.class)
    @interface List {
        /** All of them. */
        DisabledOnServer[] value();
    }

    /** Reads the annotation. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return AnnotationSupport.findRepeatableAnnotations(context.getElement(), DisabledOnServer.class).stream()
                    .filter(a -> Arrays.asList(a.value()).contains(Server.CURRENT))
                    .map(a -> ConditionEvaluationResult.disabled(Server.CURRENT + ": " + a.reason()))
                    .findFirst()
                    .orElseGet(() -> ConditionEvaluationResult.enabled("runs on " + Server.CURRENT));
        }
    }
}
