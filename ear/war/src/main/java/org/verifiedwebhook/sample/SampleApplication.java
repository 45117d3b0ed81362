package org.verifiedwebhook.sample;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The sample's JAX-RS application: everything the server finds in the WAR, at the root. */
@ApplicationPath("/")
public final class SampleApplication extends Application {}
