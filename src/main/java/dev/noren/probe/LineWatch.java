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
 * Watches one line by echo requests with that line's mark, to each target in each round. One answer
 * makes a round good. It tells when the line becomes sick or well.
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
  private volatile boolean closed;

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

  private void run() {
    boolean told = health.sick();
    while (!closed) {
      int round = health.poll(System.nanoTime());
      if (round != LineHealth.NOTHING) {
        ask(round);
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

  /** Sends to all and waits for one; the others' answers go with their sockets. */
  private void ask(int round) {
    List<MarkedSocket> sockets = new ArrayList<>();
    List<Boolean> families = new ArrayList<>();
    try {
      for (IpAddress target : targets) {
        open(target, round, sockets, families);
      }
      long untilNs = health.dueNs();
      while (!closed && !sockets.isEmpty() && System.nanoTime() - untilNs < 0) {
        for (int i = 0; i < sockets.size(); i++) {
          if (hears(sockets.get(i), families.get(i), round, untilNs, sockets.size())) {
            return;
          }
        }
      }
    } finally {
      sockets.forEach(MarkedSocket::close);
    }
  }

  private void open(
      IpAddress target, int round, List<MarkedSocket> sockets, List<Boolean> families) {
    try {
      MarkedSocket socket = MarkedSocket.icmp(target, mark);
      sockets.add(socket);
      families.add(target.v6());
      byte[] request = Echo.request(target.v6(), id, round, token);
      socket.send(request, 0, request.length);
    } catch (LinuxException e) {
      // A line without a route is one that leads nowhere.
      Logger.debug("{} is not asked for an echo: {}", target, e.getMessage());
    }
  }

  /** Looks at one socket for a part of the time, since the answer may come by another. */
  private boolean hears(MarkedSocket socket, boolean v6, int round, long untilNs, int sockets) {
    long sliceNs = sockets == 1 ? Long.MAX_VALUE : 20_000_000;
    long leftNs = untilNs - System.nanoTime();
    if (!socket.awaitReadable(System.nanoTime() + Math.min(leftNs, sliceNs))) {
      return false;
    }
    int length = socket.receive(packet, 0, packet.length);
    int answered = length < 0 ? -1 : Echo.round(v6, packet, length, id, token);
    if (answered != round) {
      return false;
    }
    health.answered(round, System.nanoTime());
    return true;
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
