package dev.noren.probe;

import dev.noren.linux.LinuxException;
import dev.noren.net.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.tinylog.Logger;

/**
 * Asks far ends for echoes through their tunnels, one each in a round, while somebody wants to know
 * and a little longer. Nobody's traffic is measured, only these echoes.
 */
public final class FarEchoes implements AutoCloseable {
  /** More far ends than this are not asked. */
  public static final int MOST = 32;

  private static final int PACKET_BYTES = 2048;

  private final long intervalNs;
  private final long timeoutNs;
  private final long patienceNs;
  private final int id;
  private final byte[] token = new byte[Echo.TOKEN_BYTES];
  private final byte[] packet = new byte[PACKET_BYTES];
  private final Map<Target, EchoTally> tallies = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::run, "noren-echoes");
  private volatile List<Target> targets = List.of();
  private volatile long wantedNs;
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
   * An echo every five seconds, which has two to come back; for a quarter of a minute after
   * somebody wanted to know.
   *
   * @param random gives what strangers can't guess
   */
  public FarEchoes(RandomGenerator random) {
    this(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(15), random);
  }

  /** The same at other times. */
  FarEchoes(Duration interval, Duration timeout, Duration patience, RandomGenerator random) {
    this.intervalNs = interval.toNanos();
    this.timeoutNs = timeout.toNanos();
    this.patienceNs = patience.toNanos();
    this.id = random.nextInt(1 << 16);
    random.nextBytes(token);
    thread.setDaemon(true);
  }

  /**
   * Somebody wants to know of these: they are asked from now on, in the namespace of who said so
   * first. For one thread.
   */
  public void want(List<Target> now) {
    List<Target> some = List.copyOf(now.subList(0, Math.min(MOST, now.size())));
    targets = some;
    tallies.keySet().retainAll(some);
    wantedNs = System.nanoTime();
    if (!started) {
      started = true;
      thread.start();
    }
    LockSupport.unpark(thread);
  }

  /** How one answers. */
  public Answering of(Target target) {
    EchoTally tally = tallies.get(target);
    return tally == null ? Answering.UNKNOWN : tally.now(System.nanoTime());
  }

  private void run() {
    int round = 0;
    long dueNs = System.nanoTime();
    while (!closed) {
      long nowNs = System.nanoTime();
      if (targets.isEmpty() || nowNs - wantedNs > patienceNs) {
        // Nobody looks; whoever does wakes it.
        LockSupport.park();
        continue;
      }
      if (nowNs - dueNs < 0) {
        LockSupport.parkNanos(dueNs - nowNs);
        continue;
      }
      dueNs = nowNs + intervalNs;
      round = (round + 1) & 0xffff;
      ask(targets, round);
    }
  }

  private void ask(List<Target> whom, int round) {
    List<Open> open = new ArrayList<>();
    try {
      for (int i = 0; i < whom.size(); i++) {
        open(whom.get(i), (id + i) & 0xffff, round, open);
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
