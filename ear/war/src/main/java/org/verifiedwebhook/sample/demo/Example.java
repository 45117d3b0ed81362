package org.verifiedwebhook.sample.demo;

/**
 * A request to try.
 *
 * @param name the sender, as people call it
 * @param what what the request says
 * @param status the HTTP status to expect
 * @param note what to know of it
 * @param curl the request
 */
record Example(String name, String what, int status, String note, Curl curl) {}
