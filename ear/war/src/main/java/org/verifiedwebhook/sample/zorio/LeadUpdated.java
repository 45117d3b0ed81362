package org.verifiedwebhook.sample.zorio;

/**
 * The data of {@code telesales.lead.updated}.
 *
 * @param id identifies the lead; a number in the JSON reads as its digits
 */
public record LeadUpdated(String id) implements ZorioData {}
