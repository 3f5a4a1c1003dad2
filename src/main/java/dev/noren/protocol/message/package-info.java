/**
 * The four messages of the protocol (WP 5.4) as offsets and sizes, read and written in place. The
 * length is checked once, by {@link dev.noren.protocol.message.MessageType}; after that every
 * access is a named offset. It knows nothing of keys, peers or sessions.
 */
package dev.noren.protocol.message;
