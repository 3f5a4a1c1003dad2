package dev.noren.router;

import dev.noren.net.IpAddress;
import dev.noren.plan.Layout;
import dev.noren.plan.Marks;
import dev.noren.probe.LineHealth;
import dev.noren.probe.LineWatch;
import dev.noren.tunnel.TunnelSnapshot;
import dev.noren.tunnel.TunnelSnapshot.PeerSnapshot;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks whether lines lead to the internet, where there is more than one to choose from. A line is
 * asked for echoes of its next router and of the name servers that it named. For the router's
 * thread.
 */
final class LineWatches implements AutoCloseable {
  private final LineHealth.Rules rules;
  private final Runnable changed;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Watched> watches = new HashMap<>();
  private final Set<String> sick = ConcurrentHashMap.newKeySet();

  /** What is watched of one line. */
  private record Watched(int number, IpAddress own, List<IpAddress> targets, LineWatch watch) {}

  /**
   * @param changed called from another thread when a line becomes sick or well
   */
  LineWatches(Runnable changed) {
    this(LineHealth.Rules.USUAL, changed);
  }

  /** The same by other rules. */
  LineWatches(LineHealth.Rules rules, Runnable changed) {
    this.rules = rules;
    this.changed = changed;
  }

  /** The devices of lines whose health checks fail. */
  Set<String> sick() {
    return Set.copyOf(sick);
  }

  /** Which lines are watched from now on. */
  void watch(List<Layout.Line> lines) {
    Set<String> wanted = new HashSet<>();
    for (Layout.Line line : lines.size() > 1 ? lines : List.<Layout.Line>of()) {
      List<IpAddress> targets = targets(line);
      if (targets.isEmpty()) {
        continue;
      }
      wanted.add(line.device());
      Watched old = watches.get(line.device());
      if (old != null
          && old.number == line.number()
          && old.own.equals(line.lease().address().address())
          && old.targets.equals(targets)) {
        continue;
      }
      if (old != null) {
        old.watch.close();
      }
      watches.put(
          line.device(),
          new Watched(
              line.number(), line.lease().address().address(), targets, start(line, targets)));
    }
    for (String device : List.copyOf(watches.keySet())) {
      if (!wanted.contains(device)) {
        watches.remove(device).watch.close();
        sick.remove(device);
      }
    }
  }

  /**
   * What came from far ends is a proof of the line at whose address it came, and spares that its
   * echoes.
   */
  void heard(Collection<TunnelSnapshot> tunnels, long nowNs) {
    if (watches.isEmpty()) {
      return;
    }
    for (TunnelSnapshot tunnel : tunnels) {
      for (PeerSnapshot peer : tunnel.peers()) {
        if (peer.dataAgeNs() >= 0 && peer.endpoint() != null) {
          watches.values().stream()
              .filter(each -> each.own.equals(peer.endpoint().source()))
              .forEach(each -> each.watch.heard(nowNs - peer.dataAgeNs()));
        }
      }
    }
  }

  private LineWatch start(Layout.Line line, List<IpAddress> targets) {
    String device = line.device();
    return LineWatch.start(
        targets,
        Marks.ofLine(line.number()),
        rules,
        // Another watch of the same line takes over what the one before has said of it.
        sick.contains(device),
        random,
        isSick -> {
          if (isSick ? sick.add(device) : sick.remove(device)) {
            changed.run();
          }
        });
  }

  /**
   * Name servers lie behind the next router, so they say more than it does; it stands for a line
   * that names none.
   */
  private static List<IpAddress> targets(Layout.Line line) {
    if (line.lease() == null) {
      return List.of();
    }
    List<IpAddress> targets = new ArrayList<>();
    for (IpAddress server : line.lease().dns()) {
      if (!server.v6()) {
        targets.add(server);
      }
    }
    if (targets.isEmpty() && line.lease().gateway() != null) {
      targets.add(line.lease().gateway());
    }
    return targets;
  }

  @Override
  public void close() {
    watches.values().forEach(each -> each.watch.close());
    watches.clear();
  }
}
