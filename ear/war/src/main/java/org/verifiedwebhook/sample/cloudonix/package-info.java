/** Cloudonix as OpBX receives it: signed call status, unsigned call detail records, voice calls that wait for CXML. */
package org.verifiedwebhook.sample.cloudonix;
