/**
 * What two peers share once they have shaken hands: a pair of transport keys with their counters,
 * the window that refuses replays, and the three slots that sessions move through. It knows
 * transport keys and the limits of the protocol. It may not know how the keys were agreed, which
 * peer they belong to, or how a packet is carried.
 */
package dev.noren.protocol.session;
