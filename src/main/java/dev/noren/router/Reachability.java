package dev.noren.router;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.config.RouterTunnel;
import dev.noren.net.Cidr;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.state.StateFile;
import dev.noren.status.Origin;
import dev.noren.status.Reached;
import dev.noren.tunnel.TunnelSnapshot;
import dev.noren.tunnel.TunnelSnapshot.PeerSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tinylog.Logger;

/**
 * Remembers when a tunnel's port was last reached from the internet, over restarts too: {@code
 * reached} in the state folder. For the router's thread.
 */
final class Reachability implements AutoCloseable {
  /** How often it looks by itself; a session lasts for 180 s. */
  private static final long LOOK_NS = SECONDS.toNanos(10);

  private static final long SAVE_EVERY_NS = HOURS.toNanos(1);

  /** A session ends after so long (WP 6.1). */
  private static final long FRESH_UNIX_NS = SECONDS.toNanos(180);

  /** Longer than upstream routers keep a way open that has been opened from inside (RFC 4787). */
  private static final long FORGOTTEN_UNIX_NS = SECONDS.toNanos(600);

  private static final String FILE = "reached";
  private static final int COLUMNS = 5;

  private final Path file;
  private final Map<String, Proof> proofs = new TreeMap<>();
  private final Map<String, Spoken> spoken = new HashMap<>();
  private Long lookedNs;
  private Long savedNs;
  private boolean isNew;

  /** That a port was reached. */
  private record Proof(int port, Instant at, IpAddress from, String publicKey) {}

  /** Where a far end was when it last shook hands. */
  private record Spoken(Endpoint from, long handshakeUnixNs) {}

  /** Reads what an earlier run left; what can't be read was never seen. */
  Reachability(Path state) {
    file = state.resolve(FILE);
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
        String[] columns = line.split(" ", -1);
        if (columns.length == COLUMNS) {
          proofs.put(
              columns[0],
              new Proof(
                  Integer.parseInt(columns[1]),
                  Instant.ofEpochSecond(Long.parseLong(columns[2])),
                  IpAddress.parse(columns[3]),
                  columns[4]));
        }
      }
    } catch (NoSuchFileException e) {
      Logger.debug("{} is not there yet.", file);
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      Logger.warn("{} can't be read and begins anew: {}.", file, e.getMessage());
    }
  }

  /** Whether it is time to {@link #look} by itself. */
  boolean isDue(long nowNs) {
    return lookedNs == null || nowNs - lookedNs >= LOOK_NS;
  }

  /**
   * Looks who has called in.
   *
   * @param wanted the tunnels of the document
   * @param own the shop's networks and its addresses
   * @param unixNs the time of day
   * @param nowNs a clock that never jumps
   */
  void look(
      List<RouterTunnel> wanted,
      Map<String, TunnelSnapshot> running,
      List<Cidr> own,
      long unixNs,
      long nowNs) {
    lookedNs = nowNs;
    Set<String> there = new HashSet<>();
    for (RouterTunnel tunnel : wanted) {
      TunnelSnapshot now = running.get(tunnel.name().text());
      if (now != null) {
        look(tunnel, now, own, unixNs, there);
      }
    }
    spoken.keySet().retainAll(there);
    if (isNew && (savedNs == null || nowNs - savedNs >= SAVE_EVERY_NS)) {
      savedNs = nowNs;
      save();
    }
  }

  private void look(
      RouterTunnel tunnel, TunnelSnapshot now, List<Cidr> own, long unixNs, Set<String> there) {
    Map<String, Boolean> callsIn = new HashMap<>();
    tunnel
        .peers()
        .forEach(
            peer ->
                callsIn.put(
                    peer.config().publicKey().toString(), peer.config().endpoint() == null));
    for (PeerSnapshot peer : now.peers()) {
      String key = peer.publicKey().toString();
      long ageNs = unixNs - peer.lastHandshakeUnixNs();
      if (peer.endpoint() == null || ageNs < 0 || ageNs > FORGOTTEN_UNIX_NS) {
        continue;
      }
      // Where it was stays known after its session, as the way there stays open.
      there.add(key);
      if (ageNs > FRESH_UNIX_NS) {
        continue;
      }
      Spoken before = spoken.put(key, new Spoken(peer.endpoint(), peer.lastHandshakeUnixNs()));
      if (callsIn.getOrDefault(key, false)
          && isUnasked(before, peer)
          && Origin.of(peer.endpoint().address(), own) == Origin.OUTSIDE) {
        proofs.put(
            tunnel.name().text(),
            new Proof(
                now.listenPort(),
                Instant.ofEpochSecond(NANOSECONDS.toSeconds(peer.lastHandshakeUnixNs())),
                peer.endpoint().address(),
                key));
        isNew = true;
      }
    }
  }

  /** What the box itself sends there keeps a way open that may not be open to others. */
  private static boolean isUnasked(Spoken before, PeerSnapshot peer) {
    return before == null
        || !before.from().sameRemote(peer.endpoint())
        || peer.lastHandshakeUnixNs() - before.handshakeUnixNs() > FORGOTTEN_UNIX_NS;
  }

  /**
   * When a tunnel's port was last reached from the internet, or null where that is not known.
   *
   * @param port its port now: what was seen of another says nothing
   */
  Reached of(RouterTunnel tunnel, int port) {
    Proof proof = proofs.get(tunnel.name().text());
    if (proof == null || proof.port() != port) {
      return null;
    }
    String by =
        tunnel.peers().stream()
            .filter(peer -> peer.config().publicKey().toString().equals(proof.publicKey()))
            .findFirst()
            // It may have no name.
            .map(RouterTunnel.Peer::name)
            .orElse(null);
    return new Reached(by, proof.from().toString(), proof.at());
  }

  private void save() {
    StringBuilder text = new StringBuilder();
    proofs.forEach(
        (tunnel, proof) ->
            text.append(
                "%s %d %d %s %s\n"
                    .formatted(
                        tunnel,
                        proof.port(),
                        proof.at().getEpochSecond(),
                        proof.from(),
                        proof.publicKey())));
    try {
      StateFile.write(file, text.toString());
      isNew = false;
    } catch (IOException e) {
      Logger.warn("{}: who has called in can't be saved: {}.", file, e.getMessage());
    }
  }

  @Override
  public void close() {
    if (isNew) {
      save();
    }
  }
}
