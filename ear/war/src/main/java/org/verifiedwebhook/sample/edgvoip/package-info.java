/** EDGVoIP: call, trunk and extension events of many tenants at one URL. */
package org.verifiedwebhook.sample.edgvoip;
