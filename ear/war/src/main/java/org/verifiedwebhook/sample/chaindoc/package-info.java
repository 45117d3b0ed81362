/** Chaindoc: document and signature events, in the documented contract and in that of 2026. */
package org.verifiedwebhook.sample.chaindoc;
