package dev.noren.plan;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;

/**
 * The network that a box chooses for its shop: one of the 65,536 of 10.x.y.0/24, by its machine id,
 * so that two shops that are joined by a tunnel do not overlap.
 */
final class OwnNetwork {
  private static final int PREFIX = 24;
  private static final int NETWORKS = 1 << 16;

  /** Odd, so that its multiples meet all networks; far, since neighbours are often taken too. */
  private static final int STRIDE = 40_503;

  /**
   * 192.168.0.0, with 256 networks, and 172.16.0.0, with 4096: where all of 10.0.0.0/8 is taken.
   */
  private static final int[][] OTHERS = {{0xac10_0000, 1 << 12}, {0xc0a8_0000, 1 << 8}};

  private static final int TEN = 10 << 24;

  private OwnNetwork() {}

  /**
   * Noren's own address, the network's first.
   *
   * @param before what was chosen before, or null; it is kept while it is free
   * @param taken what it must not overlap
   */
  static Cidr choose(String machineId, Cidr before, Collection<Cidr> taken) {
    if (before != null && isFree(before, taken)) {
      return before;
    }
    int start = start(machineId);
    Cidr found = free(TEN, NETWORKS, start, taken);
    for (int i = 0; found == null && i < OTHERS.length; i++) {
      found = free(OTHERS[i][0], OTHERS[i][1], start, taken);
    }
    return found != null ? found : own(TEN, start);
  }

  private static Cidr free(int base, int networks, int start, Collection<Cidr> taken) {
    for (int i = 0; i < networks; i++) {
      Cidr own = own(base, Math.floorMod(start + i * STRIDE, networks));
      if (isFree(own, taken)) {
        return own;
      }
    }
    return null;
  }

  private static Cidr own(int base, int network) {
    return new Cidr(IpAddress.v4(base + (network << (32 - PREFIX)) + 1), PREFIX);
  }

  private static boolean isFree(Cidr own, Collection<Cidr> taken) {
    return taken.stream().noneMatch(own::overlaps);
  }

  /** A locally administered MAC address (IEEE 802) that follows from the machine id. */
  static String mac(String machineId) {
    byte[] hash = hash("bridge", machineId);
    StringBuilder text = new StringBuilder("02");
    for (int i = 0; i < 5; i++) {
      text.append(":%02x".formatted(hash[i] & 0xff));
    }
    return text.toString();
  }

  private static int start(String machineId) {
    return ByteBuffer.wrap(hash("lan", machineId)).getShort() & 0xffff;
  }

  /** A hash, as a machine id is not to be shown to others (machine-id(5)). */
  private static byte[] hash(String what, String machineId) {
    try {
      byte[] text = ("noren " + what + " " + machineId).getBytes(StandardCharsets.UTF_8);
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
