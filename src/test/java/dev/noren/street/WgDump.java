package dev.noren.street;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What {@code wg show IFNAME dump} says, column by column. */
public record WgDump(
    String privateKey, String publicKey, int port, String mark, List<PeerLine> peers) {

  /** One peer's line. Times in seconds since 1970 (0: never), counts in bytes. */
  public record PeerLine(
      String publicKey,
      String presharedKey,
      String endpoint,
      List<String> allowedIps,
      long handshake,
      long received,
      long sent,
      String keepalive) {}

  static WgDump parse(String dump) {
    List<String> lines = dump.lines().toList();
    String[] head = lines.getFirst().split("\t", -1);
    List<PeerLine> peers = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] f = line.split("\t", -1);
      peers.add(
          new PeerLine(
              f[0],
              f[1],
              f[2],
              f[3].equals("(none)") ? List.of() : Arrays.asList(f[3].split(",", -1)),
              Long.parseLong(f[4]),
              Long.parseLong(f[5]),
              Long.parseLong(f[6]),
              f[7]));
    }
    return new WgDump(head[0], head[1], Integer.parseInt(head[2]), head[3], List.copyOf(peers));
  }

  /** The only peer. */
  public PeerLine peer() {
    if (peers.size() != 1) {
      throw new AssertionError("Expected one peer, there are " + peers.size() + ".");
    }
    return peers.getFirst();
  }

  /** The peer with this key; fails if there is none. */
  public PeerLine peer(String key) {
    return peers.stream()
        .filter(peer -> peer.publicKey().equals(key))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no peer " + key + "."));
  }
}
