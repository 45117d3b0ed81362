package org.verifiedwebhook.it.jaxrs;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Takes all that is found. */
@ApplicationPath("r")
public class Scanning extends Application {}
