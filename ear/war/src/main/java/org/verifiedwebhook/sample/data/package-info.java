/** The sample's data: its data source, the voice directory of its Cloudonix organisations, and the demo's rows. */
package org.verifiedwebhook.sample.data;
