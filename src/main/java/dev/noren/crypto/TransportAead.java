package dev.noren.crypto;

/**
 * ChaCha20-Poly1305 as transport packets use it (WP 5.4.6): no associated data, and a nonce of 4
 * zero bytes and the packet's 64-bit counter, little-endian.
 *
 * <p>An object belongs to one thread. It may hold a copy of the key it worked with last until it
 * works with another one.
 */
public interface TransportAead {
  /** Bytes by which a sealed packet is longer. */
  int TAG_SIZE = 16;

  /** Which implementation this is, for the log. */
  String name();

  /**
   * Writes {@code length + 16} bytes at {@code outOffset}: zeros when the key was wiped, which no
   * one accepts and no one learns from.
   *
   * @param counter unsigned; the caller never uses one twice with a key
   * @param out may be {@code in} at the same offset; other overlaps are not allowed
   */
  void seal(
      TransportKey key,
      long counter,
      byte[] in,
      int inOffset,
      int length,
      byte[] out,
      int outOffset);

  /**
   * Writes {@code length - 16} bytes at {@code outOffset}; writes nothing when the packet is
   * refused. The same counter may be tried again.
   *
   * @param counter unsigned
   * @param length bytes at {@code inOffset}, the tag included
   * @param out may be {@code in} at the same offset; other overlaps are not allowed
   * @return the plaintext's length, or -1 when the packet is too short, was not sealed with this
   *     key and counter, or the key was wiped
   */
  int open(
      TransportKey key,
      long counter,
      byte[] in,
      int inOffset,
      int length,
      byte[] out,
      int outOffset);
}
