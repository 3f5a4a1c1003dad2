package dev.noren.tunnel;

import java.util.Arrays;
import java.util.List;

/** The handshake loops of the tunnels that run, seen from outside. */
final class CareLoops {
  private final List<Thread> threads;

  private CareLoops(List<Thread> threads) {
    this.threads = threads;
  }

  static CareLoops running() {
    Thread[] all = new Thread[Thread.activeCount() + 10];
    int count = Thread.enumerate(all);
    return new CareLoops(
        Arrays.stream(all, 0, count)
            .filter(thread -> thread.getName().startsWith("noren-care "))
            .toList());
  }

  /** Whether each sleeps until its next deadline: a loop with anything to do does not. */
  boolean areParked() {
    return threads.stream()
        .map(Thread::getState)
        .allMatch(state -> state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING);
  }
}
