package dev.noren.protocol.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.protocol.Limits;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What two threads do at once, many times over: no timer and no wake-up is lost. */
class TimerRacesTest {
  private static final int ROUNDS = 5000;
  private static final long NONE = Long.MAX_VALUE;
  private static final long S = TimeUnit.SECONDS.toNanos(1);

  /** The timers of one round, and what its two threads saw. */
  private static final class Round {
    private final AtomicInteger calls = new AtomicInteger();
    private final PeerTimers timers = new PeerTimers(Limits.WHITEPAPER, calls::incrementAndGet);
    private int polled;
    private long promised;

    Round() {
      timers.start(0);
    }
  }

  @Test
  void anEventDuringThePromiseWakesTheLoop() throws InterruptedException {
    race(
        round -> round.timers.promise(S),
        round -> round.timers.dataSent(S, 0),
        round -> {
          round.promised = round.timers.nextDeadlineNs();
          round.timers.promise(round.promised);
        },
        (round, message) ->
            assertTrue(
                round.promised <= round.timers.nextDeadlineNs() || round.calls.get() > 0, message));
  }

  @Test
  void manyEventsCallOnceUntilTheNextPromise() throws InterruptedException {
    race(
        round -> round.timers.promise(1000 * S),
        round -> round.timers.dataSent(S, 0),
        round -> round.timers.dataReceived(6 * S),
        (round, message) -> assertEquals(1, round.calls.get(), message));
  }

  @Test
  void dataThatComesWhileTheKeepaliveFiresIsAnsweredToo() throws InterruptedException {
    race(
        round -> round.timers.dataReceived(0),
        round -> round.timers.dataReceived(10 * S),
        round -> round.polled = round.timers.poll(10 * S),
        (round, message) -> {
          assertEquals(Action.KEEPALIVE, round.polled, message);
          assertEquals(20 * S, round.timers.nextDeadlineNs(), message);
        });
  }

  @Test
  void aRetryThatIsSentWhileAnotherFiresStands() throws InterruptedException {
    race(
        round -> round.timers.initiationSent(0, 0),
        round -> round.timers.initiationSent(5 * S, 0),
        round -> round.polled = round.timers.poll(5 * S),
        (round, message) -> assertEquals(10 * S, round.timers.nextDeadlineNs(), message));
  }

  @Test
  void aQuestionAskedWhileTheLastOneFiresIsNotForgotten() throws InterruptedException {
    race(
        round -> round.timers.dataSent(0, 0),
        round -> round.timers.dataSent(15 * S, 0),
        round -> round.polled = round.timers.poll(15 * S),
        (round, message) -> assertEquals(Action.NEW_HANDSHAKE, round.polled, message));
  }

  @Test
  void aShorterPersistentKeepaliveIsNotUndoneByTrafficUnderWay() throws InterruptedException {
    race(
        round -> {
          round.timers.setPersistentKeepalive(60_000, 0);
          round.timers.authenticatedSent(0);
        },
        round -> round.timers.authenticatedSent(S),
        round -> round.timers.setPersistentKeepalive(25, S),
        (round, message) -> assertEquals(26 * S, round.timers.nextDeadlineNs(), message));
  }

  @Test
  void aPersistentKeepaliveSwitchedOffStaysOff() throws InterruptedException {
    race(
        round -> round.timers.setPersistentKeepalive(25, 0),
        round -> round.timers.authenticatedReceived(S),
        round -> round.timers.setPersistentKeepalive(0, S),
        (round, message) -> {
          assertEquals(NONE, round.timers.nextDeadlineNs(), message);
          assertEquals(0, round.timers.poll(1000 * S), message);
        });
  }

  @Test
  void aPersistentKeepaliveOutlivesTrafficWhileItFires() throws InterruptedException {
    race(
        round -> {
          round.timers.setPersistentKeepalive(25, 0);
          round.timers.authenticatedSent(0);
        },
        round -> round.timers.authenticatedReceived(25 * S),
        round -> round.polled = round.timers.poll(25 * S),
        (round, message) -> assertEquals(50 * S, round.timers.nextDeadlineNs(), message));
  }

  @Test
  void switchedOnWhileTheInterfaceComesUpItIsDueAtOnce() throws InterruptedException {
    race(
        round -> round.timers.stop(),
        round -> round.timers.start(S),
        round -> round.timers.setPersistentKeepalive(25, S),
        (round, message) -> assertEquals(S, round.timers.nextDeadlineNs(), message));
  }

  @Test
  void eventsWhileStoppingLeaveNothingDue() throws InterruptedException {
    race(
        round -> round.timers.setPersistentKeepalive(25, 0),
        round -> {
          round.timers.dataSent(S, 0);
          round.timers.dataReceived(S);
          round.timers.initiationSent(S, 0);
          round.timers.authenticatedSent(S);
        },
        round -> round.timers.stop(),
        (round, message) -> {
          assertEquals(NONE, round.timers.nextDeadlineNs(), message);
          assertEquals(0, round.timers.poll(1000 * S), message);
          round.timers.start(1000 * S);
          assertEquals(1000 * S, round.timers.nextDeadlineNs(), message);
          assertEquals(Action.PERSISTENT_KEEPALIVE, round.timers.poll(2000 * S), message);
        });
  }

  /** A loop that sleeps until its promise or a call misses no deadline, whatever the events do. */
  @Test
  void aLoopThatKeepsItsPromisesMissesNothing() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    PeerTimers timers = new PeerTimers(Limits.WHITEPAPER, calls::incrementAndGet);
    timers.start(0);
    Thread events =
        new Thread(
            () -> {
              for (int i = 0; i < 20_000; i++) {
                timers.dataReceived(i);
                timers.authenticatedSent(i);
                timers.dataSent(i, 0);
                timers.authenticatedReceived(i);
              }
              timers.dataSent(20_000, 0);
            });
    events.start();
    long promised = NONE;
    int seen = 0;
    boolean over = false;
    while (!over) {
      over = !events.isAlive();
      if (calls.get() != seen) {
        seen = calls.get();
        assertEquals(0, timers.poll(20_000));
        promised = timers.nextDeadlineNs();
        timers.promise(promised);
      }
    }
    assertNotEquals(NONE, timers.nextDeadlineNs());
    assertTrue(
        promised <= timers.nextDeadlineNs() || calls.get() != seen,
        "promised " + promised + ", due " + timers.nextDeadlineNs());
    assertEquals(Action.NEW_HANDSHAKE, timers.poll(20_000 + 15 * S));
  }

  /** Runs two steps at once on fresh timers, many times, and checks what came of each. */
  private static void race(
      Consumer<Round> setUp,
      Consumer<Round> one,
      Consumer<Round> other,
      BiConsumer<Round, String> check)
      throws InterruptedException {
    Round[] rounds = new Round[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      rounds[i] = new Round();
      setUp.accept(rounds[i]);
      rounds[i].calls.set(0);
    }
    // Each thread says how far it is and waits for the other: rounds begin within nanoseconds.
    // Then they wait a little, each round for another time, so that every interleaving comes up.
    AtomicInteger oneAt = new AtomicInteger();
    AtomicInteger otherAt = new AtomicInteger();
    Thread thread = new Thread(() -> inStep(rounds, other, otherAt, oneAt, 257));
    thread.start();
    inStep(rounds, one, oneAt, otherAt, 61);
    thread.join();
    for (int i = 0; i < ROUNDS; i++) {
      check.accept(rounds[i], "round " + i);
    }
  }

  private static void inStep(
      Round[] rounds, Consumer<Round> step, AtomicInteger mine, AtomicInteger theirs, int waits) {
    for (int i = 0; i < rounds.length; i++) {
      mine.set(i + 1);
      for (int spin = 0; theirs.get() <= i; spin++) {
        if (spin > 1000) {
          LockSupport.parkNanos(1000);
        }
      }
      for (int wait = 0; wait < i % waits; wait++) {
        mine.get(); // a nanosecond or so, much less than onSpinWait
      }
      step.accept(rounds[i]);
    }
  }
}
