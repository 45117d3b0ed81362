package org.verifiedwebhook.jaxrs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.verifiedwebhook", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule USES_LITTLE = classes()
            .that()
            .resideInAPackage("org.verifiedwebhook.jaxrs..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.verifiedwebhook..",
                    "java..",
                    "jakarta.annotation",
                    "jakarta.enterprise..",
                    "jakarta.inject..",
                    "jakarta.interceptor..",
                    "jakarta.servlet..",
                    "jakarta.ws.rs..",
                    "io.opentelemetry.api..");

    /** Where it is missing, nothing else must name it; {@code Metrics} is ready for that. */
    @ArchTest
    static final ArchRule OPEN_TELEMETRY_IS_FOR_ITS_CLASS_ONLY = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.verifiedwebhook.jaxrs.OpenTelemetryMetrics")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.opentelemetry..");

    @ArchTest
    static final ArchRule NOTHING_POINTS_BACK = noClasses()
            .that()
            .resideOutsideOfPackage("org.verifiedwebhook.jaxrs..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.verifiedwebhook.jaxrs..");

    @ArchTest
    static final ArchRule ONLY_ENTRY_POINTS_ARE_PUBLIC = classes()
            .that()
            .resideInAPackage("org.verifiedwebhook.jaxrs..")
            .and()
            .areTopLevelClasses()
            .and()
            .haveModifier(JavaModifier.PUBLIC)
            .should()
            .haveSimpleNameStartingWith("VerifiedWebhook");
}
