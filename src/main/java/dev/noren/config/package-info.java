/**
 * What a tunnel and the router are configured to be, as immutable records, with the wg-quick file
 * and the JSON document that they are read from and written to. Text comes in as a string, and all
 * of its errors come out at once, each with file, line or path, and reason and never with a secret;
 * only {@code ConfigStore} touches files. It knows nothing of running tunnels, of commands or of
 * how a name becomes an address.
 */
package dev.noren.config;
