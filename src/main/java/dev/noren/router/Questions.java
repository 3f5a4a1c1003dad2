package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.doctor.Outside;
import dev.noren.doctor.Outside.Web;
import dev.noren.doctor.Sight.Knock;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.plan.Marks;
import dev.noren.probe.NameQuery;
import dev.noren.probe.NoAddressException;
import dev.noren.probe.Volley;
import dev.noren.probe.Volley.Said;
import dev.noren.probe.Volley.Shot;
import dev.noren.probe.WebAnswer;
import dev.noren.probe.WebQuestion;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks the next router, the name servers, a known page and far ends, every 5 seconds while somebody
 * wants to know why something does not work, which takes less than 1 kbit/s. It has a thread of its
 * own, which only begins when it is first wanted.
 */
final class Questions implements AutoCloseable {
  private static final long INTERVAL_NS = SECONDS.toNanos(5);
  private static final long PATIENCE_NS = SECONDS.toNanos(15);

  /** A round lasts for less than half of that. */
  private static final long VALID_NS = SECONDS.toNanos(20);

  /** How old what a page said may be while it is what it should be. */
  private static final long PAGE_NS = SECONDS.toNanos(30);

  private static final Duration VOLLEY = Duration.ofMillis(1500);
  private static final Duration NAMES = Duration.ofSeconds(1);
  private static final Duration PAGE = Duration.ofSeconds(3);
  private static final int MOST_SERVERS = 2;

  /** One may be lost by itself. */
  private static final int LARGE_ROUNDS = 2;

  private static final int V4_HEADER = 20;
  private static final int V6_HEADER = 40;

  private final KnownPage page;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Thread thread = new Thread(this::run, "noren-questions");
  private final Map<Inner, Integer> largeLost = new HashMap<>();
  private volatile Asked wanted;
  private volatile long wantedNs;
  private volatile Answers newest;
  private volatile boolean closed;
  private boolean started;
  private Web web = Web.UNASKED;
  private String portal;
  private Long clockOffSeconds;
  private long pageNs;

  /**
   * Whom to ask.
   *
   * @param lineMark the mark that leads over the line in use
   * @param gateway its next router, or null
   * @param servers its name servers
   * @param page whether the known page may be asked for, and its name
   * @param hosts names of far ends
   * @param farEnds where far ends are of which nothing was heard just now
   * @param inner hosts behind tunnels
   */
  record Asked(
      int lineMark,
      IpAddress gateway,
      List<IpAddress> servers,
      boolean page,
      List<String> hosts,
      Set<Endpoint> farEnds,
      List<Inner> inner) {}

  /** A host behind a tunnel, and how large a packet the tunnel carries. */
  record Inner(IpAddress host, int mark, int mtuBytes) {
    private Shot small() {
      return Shot.echo(host, mark);
    }

    private Shot large() {
      return new Shot(host, 0, mark, mtuBytes - (host.v6() ? V6_HEADER : V4_HEADER));
    }
  }

  /** What a far end's host and port say. */
  record Far(Knock knock, boolean hostAnswers) {}

  /**
   * What came of a round.
   *
   * @param asked the question
   * @param atNs when it began
   * @param largeLost the hosts that answer small echoes and not large ones
   */
  record Answers(
      Asked asked, long atNs, Outside outside, Map<Endpoint, Far> farEnds, Set<Inner> largeLost) {}

  Questions(KnownPage page, InstantSource clock) {
    this.page = page;
    this.clock = clock;
    thread.setDaemon(true);
  }

  /** Somebody wants to know: it is asked from now on for a while. For one thread. */
  void want(Asked asked) {
    wanted = asked;
    wantedNs = System.nanoTime();
    if (!started) {
      started = true;
      thread.start();
    }
    LockSupport.unpark(thread);
  }

  /** What came of the last round, or null where that is not of now. */
  Answers answers() {
    Answers now = newest;
    return now == null || System.nanoTime() - now.atNs() > VALID_NS ? null : now;
  }

  private void run() {
    long dueNs = System.nanoTime();
    while (!closed) {
      long nowNs = System.nanoTime();
      if (nowNs - wantedNs > PATIENCE_NS) {
        LockSupport.park(this);
      } else if (nowNs - dueNs < 0 && !isOther(wanted)) {
        LockSupport.parkNanos(this, dueNs - nowNs);
      } else {
        dueNs = nowNs + INTERVAL_NS;
        newest = ask(wanted, nowNs);
      }
    }
  }

  /** Whether what is wanted is something else than what was asked last. */
  private boolean isOther(Asked asked) {
    Answers now = newest;
    return now == null || !now.asked().equals(asked);
  }

  private Answers ask(Asked asked, long nowNs) {
    Set<Shot> shots = new LinkedHashSet<>();
    Shot gateway = asked.gateway() == null ? null : Shot.echo(asked.gateway(), asked.lineMark());
    if (gateway != null) {
      shots.add(gateway);
    }
    for (Endpoint far : asked.farEnds()) {
      shots.add(Shot.echo(far.address(), Marks.OUTER));
      shots.add(new Shot(far.address(), far.port(), Marks.OUTER, 0));
    }
    for (Inner inner : asked.inner()) {
      shots.add(inner.small());
      shots.add(inner.large());
    }
    Map<Shot, Said> said = Volley.fire(shots, VOLLEY, random);
    Map<Endpoint, Far> farEnds = new HashMap<>();
    for (Endpoint far : asked.farEnds()) {
      farEnds.put(
          far,
          new Far(
              knock(said.get(new Shot(far.address(), far.port(), Marks.OUTER, 0))),
              said.get(Shot.echo(far.address(), Marks.OUTER)) == Said.ANSWER));
    }
    Boolean gatewayAnswers = gateway == null ? null : (Boolean) (said.get(gateway) == Said.ANSWER);
    return new Answers(
        asked, nowNs, outside(asked, gatewayAnswers), farEnds, largeLost(asked, said));
  }

  private static Knock knock(Said said) {
    return switch (said) {
      case NOTHING -> Knock.SILENT;
      case ANSWER -> Knock.ANSWERED;
      case REFUSAL -> Knock.REFUSED;
    };
  }

  private Set<Inner> largeLost(Asked asked, Map<Shot, Said> said) {
    largeLost.keySet().retainAll(asked.inner());
    Set<Inner> lost = new HashSet<>();
    for (Inner inner : asked.inner()) {
      if (said.get(inner.small()) != Said.ANSWER) {
        continue; // that tells nothing of large ones
      }
      if (said.get(inner.large()) == Said.ANSWER) {
        largeLost.remove(inner);
      } else if (largeLost.merge(inner, 1, Integer::sum) >= LARGE_ROUNDS) {
        lost.add(inner);
      }
    }
    return lost;
  }

  private Outside outside(Asked asked, Boolean gatewayAnswers) {
    List<IpAddress> servers =
        asked.servers().stream().filter(each -> !each.v6()).limit(MOST_SERVERS).toList();
    Boolean namesAnswer = null;
    if (!servers.isEmpty() && (asked.page() || !asked.hosts().isEmpty())) {
      String host = asked.hosts().isEmpty() ? page.host() : asked.hosts().getFirst();
      namesAnswer = look(servers, asked.lineMark(), host) != null;
    }
    lookAtPage(servers, asked.lineMark(), asked.page() && Boolean.TRUE.equals(namesAnswer));
    return new Outside(
        asked.gateway(), gatewayAnswers, servers, namesAnswer, web, portal, clockOffSeconds);
  }

  /** A name's addresses, none where a server says so; null where no server says anything. */
  private List<IpAddress> look(List<IpAddress> servers, int mark, String host) {
    List<Endpoint> asked =
        servers.stream().map(server -> Endpoint.of(server, NameQuery.PORT)).toList();
    try {
      return new NameQuery(asked, mark, NAMES, random).ask(host).addresses();
    } catch (NoAddressException e) {
      return List.of();
    } catch (IOException e) {
      return null;
    }
  }

  private void lookAtPage(List<IpAddress> servers, int mark, boolean isAsked) {
    long nowNs = System.nanoTime();
    if (web == Web.OPEN && nowNs - pageNs < PAGE_NS && isAsked) {
      return;
    }
    web = Web.UNASKED;
    portal = null;
    clockOffSeconds = null;
    List<IpAddress> found = isAsked ? look(servers, mark, page.host()) : null;
    IpAddress server =
        found == null ? null : found.stream().filter(each -> !each.v6()).findFirst().orElse(null);
    if (server == null) {
      return;
    }
    WebAnswer answer = WebQuestion.ask(server, mark, page.host(), KnownPage.PATH, PAGE);
    web = page.judge(answer);
    pageNs = nowNs;
    if (web == Web.PORTAL) {
      portal = KnownPage.other(answer);
    } else if (web == Web.OPEN && answer.at() != null) {
      clockOffSeconds = Duration.between(answer.at(), clock.instant()).toSeconds();
    }
  }

  /** Has it end; a round that is under way is not waited for, as it may take some seconds. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
