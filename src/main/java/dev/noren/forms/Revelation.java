package dev.noren.forms;

/**
 * What a joiner says once it has the terms, again and again until the person at the inviter has
 * decided.
 *
 * @param id the invitation's
 * @param publicKey the joiner's key for good, base64
 * @param nonce its nonce, hexadecimal
 */
public record Revelation(String id, String publicKey, String nonce) {}
