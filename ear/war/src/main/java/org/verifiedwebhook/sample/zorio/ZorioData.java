package org.verifiedwebhook.sample.zorio;

/** The part of a Zorio event that differs by type. A property that the body lacks is null. */
public sealed interface ZorioData permits CallHangup, LeadUpdated {}
