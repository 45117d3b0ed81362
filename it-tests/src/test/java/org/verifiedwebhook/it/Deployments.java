package org.verifiedwebhook.it;

import java.io.File;
import java.util.function.Predicate;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The applications that tests deploy. */
final class Deployments {

    private Deployments() {}

    /** The sample for the root, exactly as the build made it: the EAR where the server takes one, or the WAR. */
    static Archive<?> sample() {
        return Server.CURRENT.deploysTheEar() ? sampleEar() : sampleWar();
    }

    /** The sample's EAR. */
    static EnterpriseArchive sampleEar() {
        return ShrinkWrap.create(ZipImporter.class, "verified-webhook.ear")
                .importFrom(BuildFiles.SAMPLE_EAR.toFile())
                .as(EnterpriseArchive.class);
    }

    /** The sample's WAR. */
    static WebArchive sampleWar() {
        return ShrinkWrap.create(ZipImporter.class, "verified-webhook-sample.war")
                .importFrom(BuildFiles.SAMPLE_WAR.toFile())
                .as(WebArchive.class);
    }

    /**
     * A WAR without classes: the filter, the annotation and what they need in {@code WEB-INF/lib}, and CDI switched on.
     *
     * <p>Add top-level classes: a server that loads a class nested in a test loads the test too, and misses JUnit.
     *
     * @param name the file's name without its ending
     */
    static WebArchive war(String name) {
        return war(name, file -> true).addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    /** {@link #war} with the filter alone: no annotation, no CDI. */
    static WebArchive filterWar(String name) {
        return war(name, file -> !file.startsWith("verified-webhook-jaxrs"));
    }

    private static WebArchive war(String name, Predicate<String> library) {
        File[] libraries = BuildFiles.LIBRARIES
                .toFile()
                .listFiles((directory, file) -> file.endsWith(".jar") && library.test(file));
        if (libraries == null || libraries.length == 0) {
            throw new IllegalStateException("no jars in " + BuildFiles.LIBRARIES + ": run these tests by mvn verify");
        }
        return ShrinkWrap.create(WebArchive.class, name + ".war").addAsLibraries(libraries);
    }
}
