package dev.noren.bench;

import dev.noren.street.Street;
import dev.noren.street.TwoShops;
import dev.noren.street.WgEnd;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;

/**
 * What 10,000 idle peers with 100,000 prefixes at both ends leave of a tunnel's throughput: the
 * same tunnel without them and with them, one after the other.
 */
final class ManyPeers {
  private static final int PEERS = 10_000;
  private static final int PREFIXES_EACH = 10;
  private static final int KEY_BYTES = 32;

  /** Their prefixes are round the tunnel's own addresses, so that a lookup has to go deep. */
  private static final int FIRST_ADDRESS = 0x0a400000;

  private static final int PREFIX_LENGTH = 28;
  private static final int ADDRESSES_PER_PREFIX = 16;

  private static final int SETTLE_SECONDS = 1;

  private ManyPeers() {}

  /** Starts both ends, measures, adds the peers, measures again, and ends them. */
  static Map<Measure, Double> of(Contestant contestant, Street street, int seconds) {
    Map<Measure, Double> measured = new EnumMap<>(Measure.class);
    Load load = new Load(street, seconds);
    Contestant roomy = contestant.withRoomFor(PEERS + 1, PEERS * PREFIXES_EACH + 1);
    try (Pair pair = Pair.inFront(roomy, street)) {
      load.tcp(TwoShops.RIGHT_4, 1, Load.WARM_UP_SECONDS);
      double alone = load.tcp(TwoShops.RIGHT_4, 1, seconds).megabits();
      String file = file();
      for (WgEnd end : new WgEnd[] {pair.left(), pair.right()}) {
        end.wgWith(file, "addconf", "/dev/stdin").must();
      }
      load.tcp(TwoShops.RIGHT_4, 1, SETTLE_SECONDS);
      double among = load.tcp(TwoShops.RIGHT_4, 1, seconds).megabits();
      measured.put(Measure.MANY_PEERS, among / alone);
      measured.put(
          Measure.MANY_PEERS_RSS, ProcessFigures.peakMegabytes(pair.right().process().pid()));
    }
    return measured;
  }

  /** A file for {@code wg addconf}; nobody has the private keys. */
  private static String file() {
    SecureRandom random = new SecureRandom();
    byte[] key = new byte[KEY_BYTES];
    StringBuilder file = new StringBuilder();
    for (int peer = 0; peer < PEERS; peer++) {
      random.nextBytes(key);
      file.append("[Peer]\nPublicKey = ").append(Base64.getEncoder().encodeToString(key));
      file.append("\nAllowedIPs = ");
      for (int i = 0; i < PREFIXES_EACH; i++) {
        int address = FIRST_ADDRESS + (peer * PREFIXES_EACH + i) * ADDRESSES_PER_PREFIX;
        file.append(i == 0 ? "" : ", ").append(dotted(address)).append('/').append(PREFIX_LENGTH);
      }
      file.append('\n');
    }
    return file.toString();
  }

  private static String dotted(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xff)
        + "."
        + (address >>> 8 & 0xff)
        + "."
        + (address & 0xff);
  }
}
