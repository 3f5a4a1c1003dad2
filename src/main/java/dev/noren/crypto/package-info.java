/**
 * Keys and the few primitives that the protocol is made of, each behind one small class. This is
 * the only room that may use Bouncy Castle and {@code javax.crypto}; it takes time and chance from
 * nobody, draws random bytes only from a generator it is handed, and does no I/O. It knows nothing
 * of messages, peers or packets.
 */
package dev.noren.crypto;
