package dev.noren.tunnel;

/** How long a packet is sealed: padded with zeros, so that its exact length does not show. */
final class Padding {
  /** Packets are padded to a multiple of this, bytes (WP 5.4.6). */
  static final int UNIT = 16;

  private Padding() {}

  /**
   * The padded length: the next multiple of 16, but never past the MTU, lest the outer packet be
   * larger than the path was chosen for.
   *
   * @param length the packet's length in bytes; 0 for a keepalive stays 0
   * @param mtu the interface's MTU in bytes, 0 if it is not known. A packet longer than the MTU is
   *     one that will be split by it, so that what counts is the last part.
   */
  static int paddedLength(int length, int mtu) {
    if (mtu == 0) {
      return ceil(length);
    }
    int last = length > mtu ? length % mtu : length;
    return length - last + Math.min(mtu, ceil(last));
  }

  private static int ceil(int length) {
    return length + UNIT - 1 & -UNIT;
  }
}
