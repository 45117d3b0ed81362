/** Runs applications on Payara Micro from this build: the sample for people, other WARs for tests. Never published. */
package org.verifiedwebhook.run;
