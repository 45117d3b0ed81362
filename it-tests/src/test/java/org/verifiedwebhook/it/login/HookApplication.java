package org.verifiedwebhook.it.login;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Finds {@link AnnotatedHook} by scanning. */
@ApplicationPath("/api")
public class HookApplication extends Application {}
