package org.verifiedwebhook;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.verifiedwebhook.sender.Rate;

/** The arrows of the house: the doorway knows the engine, the engine knows nobody. */
@AnalyzeClasses(packages = "org.verifiedwebhook", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.verifiedwebhook";
    private static final String SENDER = "org.verifiedwebhook.sender";
    private static final String SECRET = "org.verifiedwebhook.secret";
    private static final String DELIVERY = "org.verifiedwebhook.delivery";
    private static final String SERVLET = "org.verifiedwebhook.servlet";
    private static final DescribedPredicate<JavaClass> BUCKETS =
            nameMatching("org\\.verifiedwebhook\\.RateLimits(\\$.*)?").forSubtype();

    @ArchTest
    static final ArchRule engine_knowsNoDoorway = noClasses()
            .that()
            .resideInAnyPackage(ROOT, SENDER, SECRET, DELIVERY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVLET + "..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule engine_knowsThePlatformAndJsonOnly = classes()
            .that()
            .resideInAnyPackage(ROOT, SENDER, SECRET, DELIVERY)
            .and()
            .doNotHaveFullyQualifiedName(SECRET + ".JndiSource")
            .and()
            .doNotHaveFullyQualifiedName(SECRET + ".MicroProfileSource")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".CountersBean")
            .and(are(not(BUCKETS)))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    ROOT,
                    SENDER,
                    SECRET,
                    DELIVERY,
                    "java..",
                    "javax.crypto..",
                    "jakarta.json..",
                    "com.github.benmanes.caffeine..");

    @ArchTest
    static final ArchRule naming_isForJndiOnly = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(SECRET + ".JndiSource")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("javax.naming..");

    @ArchTest
    static final ArchRule microProfile_isForItsSourceOnly = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(SECRET + ".MicroProfileSource")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.microprofile..");

    @ArchTest
    static final ArchRule caffeine_isForSecretsAndDeliveriesAndBucketsOnly = noClasses()
            .that()
            .resideOutsideOfPackages(SECRET, DELIVERY)
            .and(are(not(BUCKETS)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.github.benmanes.caffeine..");

    @ArchTest
    static final ArchRule bucket4j_isForRateLimitsOnly =
            noClasses().that(are(not(BUCKETS))).should().dependOnClassesThat().resideInAPackage("io.github.bucket4j..");

    @ArchTest
    static final ArchRule buckets_knowOfTheHouseTheRateOnly = classes()
            .that(BUCKETS)
            .should()
            .onlyDependOnClassesThat(
                    BUCKETS.or(resideInAnyPackage("java..", "io.github.bucket4j..", "com.github.benmanes.caffeine.."))
                            .or(equivalentTo(Rate.class)));

    @ArchTest
    static final ArchRule management_isForCountersOnly = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + ".CountersBean")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("javax.management..");

    @ArchTest
    static final ArchRule sender_knowsNobody = classes()
            .that()
            .resideInAPackage(SENDER)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(SENDER, "java..", "jakarta.json..");

    @ArchTest
    static final ArchRule delivery_knowsNobody = noClasses()
            .that()
            .resideInAPackage(DELIVERY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT, SENDER, SECRET);

    @ArchTest
    static final ArchRule secret_knowsNeitherGateNorDeliveries = noClasses()
            .that()
            .resideInAPackage(SECRET)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT, DELIVERY);

    /** A secret's name is checked as its sender's; nothing else of senders is its business. */
    @ArchTest
    static final ArchRule secret_knowsOfSendersTheNameOnly = noClasses()
            .that()
            .resideInAPackage(SECRET)
            .and()
            .doNotHaveFullyQualifiedName(SECRET + ".SettingName")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SENDER);

    @ArchTest
    static final ArchRule packages_areFreeOfCycles =
            slices().matching("org.verifiedwebhook.(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule standardStreams_areNotUsed = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule fields_areNotInjected = noFields()
            .should()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("jakarta.annotation.Resource")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule threadLocals_areNotUsed =
            noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);
}
