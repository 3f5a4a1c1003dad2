package dev.noren.tun;

import static dev.noren.tun.TunDevice.OFFLOAD_CHECKSUM;
import static dev.noren.tun.TunDevice.OFFLOAD_TCP4;
import static dev.noren.tun.TunDevice.OFFLOAD_TCP6;
import static dev.noren.tun.TunDevice.OFFLOAD_UDP4;
import static dev.noren.tun.TunDevice.OFFLOAD_UDP6;

import java.util.function.IntPredicate;

/**
 * Which offloads to ask for, which instead if the kernel does not know them all, and what to tell
 * people then.
 */
public final class TunOffloads {
  private static final int TCP = OFFLOAD_CHECKSUM | OFFLOAD_TCP4 | OFFLOAD_TCP6;

  /** From most to least; UDP is known since Linux 6.2, and segments need checksums. */
  private static final int[] LADDER = {TCP | OFFLOAD_UDP4 | OFFLOAD_UDP6, TCP, OFFLOAD_CHECKSUM, 0};

  private TunOffloads() {}

  /**
   * Asks until it is granted.
   *
   * @param on whether to ask for any; if not, what an earlier user asked for is taken back
   * @param asking asks for exactly these bits, and tells whether the kernel took them
   * @return the bits granted
   */
  static int settle(boolean on, IntPredicate asking) {
    for (int i = on ? 0 : LADDER.length - 1; i < LADDER.length; i++) {
      if (asking.test(LADDER[i])) {
        return LADDER[i];
      }
    }
    return 0;
  }

  /**
   * What a device that was asked for all offloads has to do without.
   *
   * @return a sentence for the log, or null if it has all
   */
  public static String lacking(TunDevice device) {
    if (device.vnetHeaderBytes() == 0) {
      return "packets come and go one by one: the TUN device has no headers that say more";
    }
    if ((device.offloads() & TCP) != TCP) {
      return "packets come one by one: this kernel's TUN device does not hand over several in one";
    }
    if (device.offloads() != LADDER[0]) {
      return "datagrams come and go one by one: a TUN device takes several in one from Linux 6.2"
          + " on";
    }
    return null;
  }
}
