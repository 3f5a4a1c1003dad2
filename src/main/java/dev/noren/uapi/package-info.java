/**
 * The socket that the stock {@code wg} tool speaks to: requests read into changes, tunnels written
 * out as text. It checks a request whole before anything changes. It knows nothing of files, of
 * routes or of how a tunnel works.
 */
package dev.noren.uapi;
