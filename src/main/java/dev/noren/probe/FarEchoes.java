package dev.noren.probe;

import dev.noren.linux.LinuxException;
import dev.noren.net.IpAddress;
import dev.noren.probe.EchoSchedule.Whom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.tinylog.Logger;

/**
 * Asks far ends for echoes through their tunnels, one each in a round: seldom where nothing else
 * comes through, so that it is proved that the way is open; more often while somebody looks and a
 * little longer, or while some are lost. Nobody's traffic is measured, only these echoes.
 */
public final class FarEchoes implements AutoCloseable {
  /** More far ends than this are not asked. */
  public static final int MOST = 32;

  private static final int PACKET_BYTES = 2048;

  private final EchoSchedule schedule;
  private final long timeoutNs;
  private final long patienceNs;
  private final int id;
  private final byte[] token = new byte[Echo.TOKEN_BYTES];
  private final byte[] packet = new byte[PACKET_BYTES];
  private final Map<Target, EchoTally> tallies = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::run, "noren-echoes");
  private volatile Whom whom = new Whom(false, List.of(), Set.of(), Set.of());
  private volatile long lookedNs;
  private volatile boolean everLooked;
  private volatile boolean closed;
  private boolean started;

  /**
   * Whom to ask.
   *
   * @param address the host
   * @param mark that leads into the tunnel
   */
  public record Target(IpAddress address, int mark) {}

  /** One echo that is under way. */
  private record Open(Target target, MarkedSocket socket, int id, long sentNs) {}

  /**
   * An echo every five seconds while somebody looks and for a quarter of a minute after, every half
   * minute where nothing else proves that the way is open; it has two seconds to come back.
   *
   * @param random gives what strangers can't guess
   */
  public FarEchoes(RandomGenerator random) {
    this(EchoSchedule.Rules.USUAL, Duration.ofSeconds(2), Duration.ofSeconds(15), random);
  }

  /** The same at other times. */
  FarEchoes(EchoSchedule.Rules rules, Duration timeout, Duration patience, RandomGenerator random) {
    this.schedule = new EchoSchedule(rules);
    this.timeoutNs = timeout.toNanos();
    this.patienceNs = patience.toNanos();
    this.id = random.nextInt(1 << 16);
    random.nextBytes(token);
    thread.setDaemon(true);
  }

  /**
   * Which far ends there are. They are asked from now on, in the namespace of who said so first.
   * For one thread.
   *
   * @param all all of them
   * @param open those whose tunnel's ends have shaken hands
   * @param unproved those of them from which nothing has come lately
   */
  public void know(List<Target> all, Set<Target> open, Set<Target> unproved) {
    List<Target> some = List.copyOf(all.subList(0, Math.min(MOST, all.size())));
    Whom before = whom;
    Whom now = new Whom(isLooked(), some, open, unproved);
    if (!now.equals(before)) {
      whom = now;
      tallies.keySet().retainAll(some);
      LockSupport.unpark(thread);
    }
    if (!started && !some.isEmpty()) {
      started = true;
      thread.start();
    }
  }

  /** Somebody wants to know how they all answer, now and for a while. */
  public void look() {
    boolean was = isLooked();
    lookedNs = System.nanoTime();
    everLooked = true;
    if (!was || !whom.looked()) {
      whom = new Whom(true, whom.all(), whom.open(), whom.unproved());
      LockSupport.unpark(thread);
    }
  }

  private boolean isLooked() {
    return everLooked && System.nanoTime() - lookedNs <= patienceNs;
  }

  /** How one answers. */
  public Answering of(Target target) {
    EchoTally tally = tallies.get(target);
    return tally == null ? Answering.UNKNOWN : tally.now(System.nanoTime());
  }

  /** How long one takes to answer now, microseconds, or null where that is not known. */
  public Long lately(Target target) {
    EchoTally tally = tallies.get(target);
    return tally == null ? null : tally.lately(System.nanoTime());
  }

  private void run() {
    int round = 0;
    while (!closed) {
      Whom now = whom;
      if (now.looked() && !isLooked()) {
        now = new Whom(false, now.all(), now.open(), now.unproved());
      }
      long nowNs = System.nanoTime();
      List<Target> due = schedule.due(now, this::isUnsure, nowNs);
      if (!due.isEmpty()) {
        round = (round + 1) & 0xffff;
        ask(due, round);
        continue;
      }
      long nextNs = schedule.nextNs(now, this::isUnsure, nowNs);
      if (nextNs == EchoSchedule.NEVER) {
        // Traffic proves the way, and nobody looks; whoever knows otherwise wakes it.
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, Math.max(1, nextNs - nowNs));
      }
    }
  }

  private boolean isUnsure(Target target) {
    EchoTally tally = tallies.get(target);
    return tally != null && tally.isUnsure(System.nanoTime());
  }

  private void ask(List<Target> targets, int round) {
    List<Open> open = new ArrayList<>();
    try {
      for (int i = 0; i < targets.size(); i++) {
        open(targets.get(i), (id + i) & 0xffff, round, open);
      }
      long untilNs = System.nanoTime() + timeoutNs;
      while (!closed && !open.isEmpty() && System.nanoTime() - untilNs < 0) {
        MarkedSocket.awaitAnyReadable(open.stream().map(Open::socket).toList(), untilNs);
        open.removeIf(each -> hears(each, round));
      }
      open.forEach(each -> tally(each.target()).lost(System.nanoTime()));
    } finally {
      open.forEach(each -> each.socket().close());
    }
  }

  private void open(Target target, int ownId, int round, List<Open> open) {
    try {
      MarkedSocket socket = MarkedSocket.icmp(target.address(), target.mark());
      byte[] request = Echo.request(target.address().v6(), ownId, round, token);
      open.add(new Open(target, socket, ownId, System.nanoTime()));
      socket.send(request, 0, request.length);
    } catch (LinuxException e) {
      Logger.debug("{} is not asked for an echo: {}", target.address(), e.getMessage());
      tally(target).lost(System.nanoTime());
    }
  }

  /** Takes all that is there; whether the answer was among it. */
  private boolean hears(Open each, int round) {
    boolean v6 = each.target().address().v6();
    int length = each.socket().receive(packet, 0, packet.length);
    for (; length >= 0; length = each.socket().receive(packet, 0, packet.length)) {
      if (Echo.round(v6, packet, length, each.id(), token) == round) {
        long nowNs = System.nanoTime();
        tally(each.target()).answered(nowNs - each.sentNs(), nowNs);
        each.socket().close();
        return true;
      }
    }
    return false;
  }

  private EchoTally tally(Target target) {
    return tallies.computeIfAbsent(target, each -> new EchoTally());
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
