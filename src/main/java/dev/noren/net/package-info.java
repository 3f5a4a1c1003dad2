/**
 * Internet addresses and packets as values and bytes: what a prefix, an endpoint, a datagram and an
 * IP header are. Everything here is pure: no I/O, no clock, no names looked up. It knows nothing of
 * WireGuard, of tunnels or of the operating system.
 */
package dev.noren.net;
