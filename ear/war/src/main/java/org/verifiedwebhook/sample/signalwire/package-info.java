/** SignalWire: calls and text messages that wait for cXML. */
package org.verifiedwebhook.sample.signalwire;
