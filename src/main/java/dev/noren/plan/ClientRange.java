package dev.noren.plan;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;

/**
 * The addresses that clients get where nobody chose them: above the first 100 of 256, which are for
 * printers and the like, and never Noren's own.
 *
 * @param from the first
 * @param to the last
 */
record ClientRange(IpAddress from, IpAddress to) {
  /** As many as dnsmasq gives. */
  private static final long MOST = Dnsmasq.MOST_LEASES;

  /**
   * @param own Noren's address and its network's length, 30 at most
   */
  static ClientRange of(Cidr own) {
    long first = own.masked().address().low();
    long size = 1L << (32 - own.prefixLength());
    long from = first + Math.max(1, size * 100 / 256);
    long to = Math.min(first + size - 2, first + size * 249 / 256);
    long self = own.address().low();
    if (from <= self && self <= to) {
      if (self - from > to - self) {
        to = self - 1;
      } else {
        from = self + 1;
      }
    }
    return new ClientRange(v4(from), v4(Math.min(to, from + MOST - 1)));
  }

  private static IpAddress v4(long bits) {
    return IpAddress.v4((int) bits);
  }
}
