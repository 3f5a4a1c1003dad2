package dev.noren.router;

/**
 * One far end of one tunnel.
 *
 * @param tunnel the tunnel's interface
 * @param publicKey the far end's key, in base64
 */
record PeerName(String tunnel, String publicKey) {}
