/**
 * The two MACs of handshake messages, cookies, and the rate at which a source may cause work under
 * load (WP 5.3, 5.4.4, 5.4.7). It decides whether a handshake message is worth reading and never
 * reads what is in it. It knows nothing of peers, sessions or sockets; when there is load is for
 * its caller to say.
 */
package dev.noren.protocol.cookie;
