/**
 * What a tunnel is configured to be, as immutable records, and the wg-quick file that it is read
 * from and written to. Everything here is pure: text comes in as a string, and all of a file's
 * errors come out at once, each with file, line, key and reason and never with a secret. It knows
 * nothing of running tunnels, of commands or of how a name becomes an address.
 */
package dev.noren.config;
