package org.verifiedwebhook.it.slow;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Finds its resource by scanning. */
@ApplicationPath("/api")
public class SlowApplication extends Application {}
