package dev.noren.udp;

import dev.noren.linux.Errno;

/** What it means when the kernel does not take several datagrams in one buffer. */
final class SegmentRefusal {
  /** What a datagram may have on any link that carries IPv6: 1280 less IPv6 and UDP header. */
  private static final int FITS_ANY_LINK_BYTES = 1232;

  private SegmentRefusal() {}

  /** Whether the result of a send says so; nothing was sent then, and one by one they may go. */
  static boolean isOne(int result) {
    return result == Errno.EIO || result == Errno.EINVAL || result == Errno.EMSGSIZE;
  }

  /**
   * Whether there is no use in trying again, when one by one they went.
   *
   * <p>EIO: the way out can't fill in checksums. EINVAL: the socket can't, unless the segments are
   * longer than the MTU, which newer kernels call EMSGSIZE. Such a path is one peer's matter, or
   * that of a forged ICMP message, and its datagrams can go in fragments.
   */
  static boolean isForGood(int errno, int segmentBytes) {
    return errno == Errno.EIO || (errno == Errno.EINVAL && segmentBytes <= FITS_ANY_LINK_BYTES);
  }
}
