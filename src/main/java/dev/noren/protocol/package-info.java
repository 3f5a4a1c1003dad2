/**
 * The WireGuard protocol: its numbers stand here, its messages, handshake, cookies, sessions and
 * peers in the rooms below. All of it is pure: time and chance are parameters, and bytes go in and
 * out as arrays. It may not know a socket, a device, a thread, a log or a clock.
 */
package dev.noren.protocol;
