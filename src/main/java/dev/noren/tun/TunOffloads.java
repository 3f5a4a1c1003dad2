package dev.noren.tun;

import static dev.noren.tun.TunDevice.OFFLOAD_CHECKSUM;
import static dev.noren.tun.TunDevice.OFFLOAD_TCP4;
import static dev.noren.tun.TunDevice.OFFLOAD_TCP6;
import static dev.noren.tun.TunDevice.OFFLOAD_UDP4;
import static dev.noren.tun.TunDevice.OFFLOAD_UDP6;

import java.util.function.IntPredicate;

/** Which offloads to ask for, and which instead if the kernel does not know them all. */
final class TunOffloads {
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
}
