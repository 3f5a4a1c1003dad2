package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.config.HostPort;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout;
import dev.noren.plan.Marks;
import dev.noren.probe.MarkedStream;
import dev.noren.probe.NameQuery;
import dev.noren.probe.NoAddressException;
import dev.noren.text.Failed;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The ways by which a notice can leave, in turn: first as any packet of the box's own, so through a
 * tunnel that takes all, to what only a tunnel leads to, and with no more said on the line than the
 * shop says; then beside the tunnels over each line, the preferred one first.
 */
final class WaysOut {
  /** How long somebody may take to be connected with. */
  private static final long CONNECT_NS = SECONDS.toNanos(6);

  private static final Duration NAME = Duration.ofSeconds(1);
  private static final int MOST_ADDRESSES = 3;
  private static final int MOST_SERVERS = 2;

  private final RandomGenerator random;

  WaysOut(RandomGenerator random) {
    this.random = random;
  }

  /**
   * A way.
   *
   * @param mark the mark of its IPv4 packets, or 0 for none
   * @param mark6 that of its IPv6 packets, or null where it has none
   * @param nameServers who is asked for names, by the same way
   */
  record Way(int mark, Integer mark6, List<IpAddress> nameServers) {
    Way {
      nameServers = List.copyOf(nameServers);
    }

    private Integer mark(IpAddress to) {
      return to.v6() ? mark6 : (Integer) mark;
    }
  }

  /** Those that there are now. */
  static List<Way> of(Layout layout) {
    List<Way> ways = new ArrayList<>();
    // Noren's own name server, which asks as it does for clients.
    ways.add(new Way(0, 0, own(layout)));
    Layout.Line preferred = layout.preferred();
    if (preferred != null) {
      ways.add(new Way(Marks.ofLine(preferred.number()), Marks.OUTER, preferred.lease().dns()));
    }
    layout.lines().stream()
        .filter(line -> !line.equals(preferred))
        .filter(line -> line.lease() != null && line.lease().address() != null)
        .forEach(line -> ways.add(new Way(Marks.ofLine(line.number()), null, line.lease().dns())));
    return ways;
  }

  private static List<IpAddress> own(Layout layout) {
    return layout.lan() == null || layout.lan().address() == null
        ? List.of()
        : List.of(layout.lan().address().address());
  }

  /**
   * Connects by one way.
   *
   * @throws IOException with a sentence: there is no such name, nobody listens, nobody answers
   */
  MarkedStream connect(HostPort place, Way way, long untilNs) throws IOException {
    IOException why = null;
    int tried = 0;
    for (IpAddress address : addresses(place.host(), way)) {
      Integer mark = way.mark(address);
      if (mark == null || tried == MOST_ADDRESSES) {
        continue;
      }
      tried++;
      long soon = System.nanoTime() + CONNECT_NS;
      try {
        return MarkedStream.connect(
            Endpoint.of(address, place.port()), mark, soon - untilNs < 0 ? soon : untilNs);
      } catch (IOException e) {
        why = e;
      }
    }
    throw why == null ? new Failed("outlet.no-way", place.host()) : why;
  }

  private List<IpAddress> addresses(String host, Way way) throws IOException {
    if (new HostPort(host, 1).isNumeric()) {
      return List.of(IpAddress.parse(host));
    }
    List<Endpoint> servers =
        way.nameServers().stream()
            .filter(server -> way.mark(server) != null)
            .limit(MOST_SERVERS)
            .map(server -> Endpoint.of(server, NameQuery.PORT))
            .toList();
    try {
      return new NameQuery(servers, way.mark(), NAME, random).ask(host).addresses();
    } catch (NoAddressException e) {
      throw new Failed(Sentence.of("outlet.no-name", host), e);
    }
  }
}
