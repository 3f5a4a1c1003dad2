package dev.noren.probe;

import dev.noren.linux.LinuxException;
import dev.noren.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.tinylog.Logger;

/**
 * Watches one line by echo requests with that line's mark: in each round to the target that
 * answered last, and only where that is late to the others. One answer makes a round good, and so
 * does what came over the line anyway: then nobody is asked. It tells when the line becomes sick or
 * well.
 */
public final class LineWatch implements AutoCloseable {
  private static final int MOST_PACKET = 2048;

  private final List<IpAddress> targets;
  private final int mark;
  private final Consumer<Boolean> listener;
  private final LineHealth health;
  private final int id;
  private final byte[] token = new byte[Echo.TOKEN_BYTES];
  private final byte[] packet = new byte[MOST_PACKET];
  private final Thread thread = new Thread(this::run, "line");
  private final long freshNs;
  private volatile long heardNs;
  private volatile boolean heard;
  private volatile boolean closed;

  /** Which target is asked first. */
  private int first;

  private LineWatch(
      List<IpAddress> targets,
      int mark,
      LineHealth.Rules rules,
      boolean sick,
      RandomGenerator random,
      Consumer<Boolean> listener) {
    this.targets = List.copyOf(targets);
    this.mark = mark;
    this.listener = listener;
    this.health = new LineHealth(rules, sick, System.nanoTime());
    this.freshNs = rules.timeoutNs();
    this.id = random.nextInt(1 << 16);
    random.nextBytes(token);
  }

  /**
   * Watches from the calling thread's namespace until it is closed.
   *
   * @param targets hosts that answer echo requests, best two of different owners
   * @param mark the line's mark
   * @param sick whether it is taken for sick until it is known better
   * @param random gives what strangers can't guess
   * @param listener is told true when the line has become sick, false when it is well again, on a
   *     thread of the watch's own
   */
  public static LineWatch start(
      List<IpAddress> targets,
      int mark,
      LineHealth.Rules rules,
      boolean sick,
      RandomGenerator random,
      Consumer<Boolean> listener) {
    LineWatch watch = new LineWatch(targets, mark, rules, sick, random, listener);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  /**
   * Something genuine came over the line from beyond it. For one thread.
   *
   * @param atNs when, by System.nanoTime
   */
  public void heard(long atNs) {
    if (!heard || atNs - heardNs > 0) {
      heardNs = atNs;
      heard = true;
    }
  }

  private boolean isHeard(long nowNs) {
    return heard && nowNs - heardNs < freshNs;
  }

  private void run() {
    boolean told = health.sick();
    while (!closed) {
      long nowNs = System.nanoTime();
      int round = health.poll(nowNs);
      if (round != LineHealth.NOTHING && isHeard(nowNs)) {
        health.answered(round, nowNs);
      } else if (round != LineHealth.NOTHING) {
        ask(round, nowNs);
      }
      if (health.sick() != told && !closed) {
        told = health.sick();
        listener.accept(told);
      }
      long leftNs = health.dueNs() - System.nanoTime();
      if (leftNs > 0 && !closed) {
        LockSupport.parkNanos(leftNs);
      }
    }
  }

  /** One that is asked in a round. */
  private record Open(int target, MarkedSocket socket) {}

  /** Sends to one, and to all others where that has not answered in half of the time. */
  private void ask(int round, long nowNs) {
    long untilNs = health.dueNs();
    List<Open> sockets = new ArrayList<>();
    try {
      open(first, round, sockets);
      if (hears(sockets, round, nowNs + (untilNs - nowNs) / 2)) {
        return;
      }
      for (int i = 0; i < targets.size(); i++) {
        if (i != first) {
          open(i, round, sockets);
        }
      }
      hears(sockets, round, untilNs);
    } finally {
      sockets.forEach(each -> each.socket().close());
    }
  }

  private void open(int target, int round, List<Open> sockets) {
    IpAddress address = targets.get(target);
    try {
      MarkedSocket socket = MarkedSocket.icmp(address, mark);
      sockets.add(new Open(target, socket));
      byte[] request = Echo.request(address.v6(), id, round, token);
      socket.send(request, 0, request.length);
    } catch (LinuxException e) {
      // A line without a route is one that leads nowhere.
      Logger.debug("{} is not asked for an echo: {}", address, e.getMessage());
    }
  }

  /** Waits for one of them to answer; whether it did. */
  private boolean hears(List<Open> sockets, int round, long untilNs) {
    while (!closed && !sockets.isEmpty() && System.nanoTime() - untilNs < 0) {
      MarkedSocket.awaitAnyReadable(sockets.stream().map(Open::socket).toList(), untilNs);
      for (Open each : sockets) {
        if (answers(each, round)) {
          first = each.target();
          health.answered(round, System.nanoTime());
          return true;
        }
      }
    }
    return false;
  }

  /** Takes all that is there; whether the answer was among it. */
  private boolean answers(Open each, int round) {
    boolean v6 = targets.get(each.target()).v6();
    int length = each.socket().receive(packet, 0, packet.length);
    for (; length >= 0; length = each.socket().receive(packet, 0, packet.length)) {
      if (Echo.round(v6, packet, length, id, token) == round) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    if (Thread.currentThread().equals(thread)) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
