package org.verifiedwebhook.it.contract;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Finds its resources by scanning. */
@ApplicationPath("/")
public class EchoApplication extends Application {}
