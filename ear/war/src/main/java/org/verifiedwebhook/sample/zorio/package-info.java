/** Zorio: telephone exchange and telesales events. */
package org.verifiedwebhook.sample.zorio;
