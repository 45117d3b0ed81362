/** What all senders' resources share: reading a verified body, telling of the event read, refusing what is no event. */
package org.verifiedwebhook.sample.event;
