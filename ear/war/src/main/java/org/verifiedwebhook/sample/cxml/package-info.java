/** The XML that tells a telephone platform what to do with a call: Cloudonix' CXML, SignalWire's cXML. */
package org.verifiedwebhook.sample.cxml;
