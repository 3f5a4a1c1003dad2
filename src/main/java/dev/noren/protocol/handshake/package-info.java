/**
 * The handshake (WP 5.4.2, 5.4.3, 5.4.5): from two static keys and two ephemeral ones to the two
 * keys of a session. Each step works on a copy and commits only what was authenticated; keys,
 * indices and timestamps are handed in, so there is no clock and no chance in here. It knows
 * nothing of peers, of MACs and cookies, or of when a handshake is due.
 */
package dev.noren.protocol.handshake;
