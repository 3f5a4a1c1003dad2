package dev.noren.bench;

import dev.noren.street.Host;
import dev.noren.street.Keys;
import dev.noren.street.Maker;
import dev.noren.street.Running;
import dev.noren.street.Street;
import dev.noren.street.TempFolder;
import dev.noren.street.TwoShops;
import dev.noren.street.WgEnd;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many handshakes a second a responder answers that has one core: it listens in the right host,
 * and a {@link HandshakeFlood} on another core of the left host plays its peers.
 */
final class HandshakeRate {
  /**
   * A responder takes an initiation from a peer every 20 ms at most, so many have to take turns.
   */
  private static final int PEERS = 2_000;

  private static final String GENERATOR_CORE = "0";
  private static final String RESPONDER_CORE = "1";
  private static final Duration AT_MOST = Duration.ofMinutes(3);

  private HandshakeRate() {}

  /** Starts the responder and the flood, and ends them. */
  static Map<Measure, Double> of(Contestant contestant, Street street) {
    if (Runtime.getRuntime().availableProcessors() < 2) {
      throw new AssertionError("Handshakes a second need a core for each side: there is only one.");
    }
    List<Keys> peers = Stream.generate(Keys::generate).limit(PEERS).toList();
    try (WgEnd responder = new WgEnd(street.right(), contestant.name());
        TempFolder folder = new TempFolder()) {
      responder.startWith(
          contestant
              .withRoomFor(PEERS, PEERS)
              .prefixed("taskset", "-c", RESPONDER_CORE)
              .inFront(responder.name()));
      responder.identify();
      responder.wgWith(file(peers), "addconf", "/dev/stdin").must();
      responder.up(Pair.MTU_BYTES, TwoShops.RIGHT_4 + "/24");
      String privateKeys =
          peers.stream().map(Keys::privateKey).collect(Collectors.joining("\n", "", "\n"));
      String keyFile = folder.write("keys", privateKeys);
      double rate = flood(street.left(), responder, keyFile);
      return Map.of(Measure.HANDSHAKES, rate);
    }
  }

  private static double flood(Host host, WgEnd responder, String keyFile) {
    List<String> java =
        Maker.java(
            "dev.noren.bench.HandshakeFlood",
            keyFile,
            responder.publicKey(),
            Street.RIGHT_4,
            Integer.toString(WgEnd.PORT));
    List<String> pinned =
        Stream.concat(Stream.of("taskset", "-c", GENERATOR_CORE), java.stream()).toList();
    Running flood = host.start(Map.of(), pinned);
    return Double.parseDouble(host.finish(flood, AT_MOST).must().strip());
  }

  private static String file(List<Keys> peers) {
    return peers.stream()
        .map(keys -> "[Peer]\nPublicKey = " + keys.publicKey() + "\n")
        .collect(Collectors.joining());
  }
}
