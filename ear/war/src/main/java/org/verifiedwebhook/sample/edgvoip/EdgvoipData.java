package org.verifiedwebhook.sample.edgvoip;

/** The part of an EDGVoIP event that differs by type. A property that the body lacks is null. */
public sealed interface EdgvoipData
        permits CallStart, CallRinging, CallAnswered, CallEnded, TrunkStatus, ExtensionStatus {}
