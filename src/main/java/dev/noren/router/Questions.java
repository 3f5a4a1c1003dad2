package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.doctor.Outside;
import dev.noren.doctor.Sight.Knock;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.plan.Marks;
import dev.noren.probe.Volley;
import dev.noren.probe.Volley.Said;
import dev.noren.probe.Volley.Shot;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks the next router, the name servers, a known page, far ends and hosts behind tunnels, every 5
 * seconds while somebody wants to know why something does not work. It has a thread of its own,
 * which only begins when it is first wanted.
 */
final class Questions implements AutoCloseable {
  private static final long INTERVAL_NS = SECONDS.toNanos(5);

  /** Also where there is something new to ask, or something that is not clear yet. */
  private static final long SHORTEST_NS = SECONDS.toNanos(2);

  /** What is wanted is said anew every 2 s. */
  private static final long PATIENCE_NS = SECONDS.toNanos(5);

  /** A round lasts for less than half of that. */
  private static final long VALID_NS = SECONDS.toNanos(20);

  private static final Duration VOLLEY = Duration.ofMillis(1500);

  private final LineQuestions line;
  private final LargeEchoes large = new LargeEchoes();
  private final SecureRandom random = new SecureRandom();
  private final Thread thread = new Thread(this::run, "noren-questions");
  private volatile Asked wanted;
  private volatile long wantedNs;
  private volatile Answers newest;
  private volatile boolean closed;
  private boolean started;

  /**
   * Whom to ask.
   *
   * @param lineMark the mark that leads over the line in use
   * @param gateway its next router, or null
   * @param servers its name servers
   * @param page whether the known page may be asked for, and its name
   * @param hosts names of far ends
   * @param farEnds where far ends are that are called in vain
   * @param inner hosts behind tunnels whose ends have shaken hands
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
      return Shot.echo(host, mark, mtuBytes);
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
    this.line = new LineQuestions(page, clock, random);
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

  /** Nobody wants to know any more: nothing is sent from now on. By the same thread. */
  void rest() {
    wanted = null;
  }

  /** What came of the last round, or null where that is not of now. */
  Answers answers() {
    Answers now = newest;
    return now == null || System.nanoTime() - now.atNs() > VALID_NS ? null : now;
  }

  private void run() {
    long lastNs = System.nanoTime() - INTERVAL_NS;
    while (!closed) {
      long nowNs = System.nanoTime();
      Asked asked = wanted;
      if (asked == null || nowNs - wantedNs > PATIENCE_NS) {
        LockSupport.park(this);
        continue;
      }
      long dueNs = lastNs + (isOther(asked) || large.isUnsure() ? SHORTEST_NS : INTERVAL_NS);
      if (nowNs - dueNs < 0) {
        LockSupport.parkNanos(this, dueNs - nowNs);
      } else {
        lastNs = nowNs;
        newest = ask(asked, nowNs);
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
      shots.add(port(far));
    }
    List<Inner> inners = large.due(asked.inner(), nowNs);
    for (Inner inner : inners) {
      shots.add(inner.small());
      shots.add(inner.large());
    }
    Map<Shot, Said> said = Volley.fire(shots, VOLLEY, random);
    for (Inner inner : inners) {
      large.asked(
          inner,
          said.get(inner.small()) == Said.ANSWER,
          said.get(inner.large()) == Said.ANSWER,
          nowNs);
    }
    Map<Endpoint, Far> farEnds = new HashMap<>();
    for (Endpoint far : asked.farEnds()) {
      farEnds.put(
          far,
          new Far(
              knock(said.get(port(far))),
              said.get(Shot.echo(far.address(), Marks.OUTER)) == Said.ANSWER));
    }
    Boolean gatewayAnswers = gateway == null ? null : (Boolean) (said.get(gateway) == Said.ANSWER);
    return new Answers(asked, nowNs, line.ask(asked, gatewayAnswers), farEnds, large.lost());
  }

  private static Shot port(Endpoint far) {
    return new Shot(far.address(), far.port(), Marks.OUTER, 0);
  }

  private static Knock knock(Said said) {
    return switch (said) {
      case NOTHING -> Knock.SILENT;
      case ANSWER -> Knock.ANSWERED;
      case REFUSAL -> Knock.REFUSED;
    };
  }

  /** Has it end; a round that is under way is not waited for, as it may take some seconds. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
