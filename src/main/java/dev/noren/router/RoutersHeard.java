package dev.noren.router;

import dev.noren.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Which IPv6 router announces itself in a network, as the kernel has heard it: where it takes such
 * announcements, the devices of that network do so too.
 */
final class RoutersHeard {
  /** Where it leads, bytes of what, from where, the next router, four numbers, the device. */
  private static final int FIELDS = 10;

  private static final int NEXT = 4;
  private static final int FLAGS = 8;
  private static final int DEVICE = 9;
  private static final int HEXADECIMAL = 16;

  /** A default route that was announced (RTF_ADDRCONF and RTF_DEFAULT of linux/ipv6_route.h). */
  private static final int ANNOUNCED = 0x0005_0000;

  private static final String EVERYWHERE = "0".repeat(32);

  private final Path root;

  /**
   * Where to look.
   *
   * @param root the folder that /proc is in
   */
  RoutersHeard(Path root) {
    this.root = root;
  }

  /** The router that is announced on a device, or null. */
  IpAddress on(String device) {
    try {
      for (String line : Files.readAllLines(root.resolve("proc/net/ipv6_route"))) {
        String[] fields = line.strip().split(" +", -1);
        if (fields.length == FIELDS
            && fields[0].equals(EVERYWHERE)
            && fields[1].equals("00")
            && fields[DEVICE].equals(device)
            && (Integer.parseUnsignedInt(fields[FLAGS], HEXADECIMAL) & ANNOUNCED) == ANNOUNCED) {
          return IpAddress.of(HexFormat.of().parseHex(fields[NEXT]), 0, fields[NEXT].length() / 2);
        }
      }
    } catch (IOException e) {
      return null;
    }
    return null;
  }
}
