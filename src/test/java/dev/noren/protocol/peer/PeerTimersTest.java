package dev.noren.protocol.peer;

import static dev.noren.protocol.peer.Action.KEEPALIVE;
import static dev.noren.protocol.peer.Action.NEW_HANDSHAKE;
import static dev.noren.protocol.peer.Action.PERSISTENT_KEEPALIVE;
import static dev.noren.protocol.peer.Action.RETRANSMIT;
import static dev.noren.protocol.peer.Action.WIPE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.protocol.Limits;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PeerTimersTest {
  private static final Limits WP = Limits.WHITEPAPER;
  private static final long S = TimeUnit.SECONDS.toNanos(1);
  private static final long NONE = Long.MAX_VALUE;

  /** When each test begins: no round number. */
  private static final long T0 = 1_234_567_891_011L;

  private final PeerTimers timers = new PeerTimers(WP, () -> {});

  /** Each timer is due at its deadline, once, and not one nanosecond before. */
  private void assertDueOnlyAt(long deadlineNs, int action, Consumer<PeerTimers> event) {
    timers.start(T0);
    event.accept(timers);
    assertEquals(deadlineNs, timers.nextDeadlineNs());
    assertPoll(0, deadlineNs - 1);
    assertEquals(deadlineNs, timers.nextDeadlineNs());
    assertPoll(action, deadlineNs);
    assertPoll(0, deadlineNs);
  }

  @Test
  void anInitiationIsRetriedAfter5SecondsAndJitter() {
    assertDueOnlyAt(T0 + 5 * S + 333, RETRANSMIT, t -> t.initiationSent(T0, 333));
    assertEquals(1, timers.attempts());
    assertEquals(NONE, timers.nextDeadlineNs());
  }

  @Test
  void howLongHandshakesAreInVainIsCountedFromTheFirstUntilOneIsComplete() {
    timers.start(T0);
    assertEquals(0, timers.unansweredNs(T0));
    timers.initiationSent(T0, 0);
    timers.resetAttempts();
    timers.initiationSent(T0 + 5 * S, 0);
    assertEquals(7 * S, timers.unansweredNs(T0 + 7 * S));
    timers.handshakeComplete(T0 + 8 * S);
    assertEquals(0, timers.unansweredNs(T0 + 9 * S));
    timers.initiationSent(T0 + 9 * S, 0);
    assertEquals(S, timers.unansweredNs(T0 + 10 * S));
    timers.stop();
    assertEquals(0, timers.unansweredNs(T0 + 11 * S));
  }

  @Test
  void receivedDataIsAnsweredByAKeepaliveAfter10Seconds() {
    assertDueOnlyAt(T0 + 10 * S, KEEPALIVE, t -> t.dataReceived(T0));
    assertEquals(NONE, timers.nextDeadlineNs());
  }

  @Test
  void unansweredDataStartsAHandshakeAfter15SecondsAndJitter() {
    assertDueOnlyAt(T0 + 15 * S + 7, NEW_HANDSHAKE, t -> t.dataSent(T0, 7));
    assertEquals(NONE, timers.nextDeadlineNs());
  }

  @Test
  void keysAreWiped540SecondsAfterTheLastSession() {
    assertDueOnlyAt(T0 + 540 * S, WIPE, t -> t.sessionDerived(T0));
    assertEquals(NONE, timers.nextDeadlineNs());
  }

  @Test
  void aPersistentKeepaliveIsDueItsTimeAfterAnySend() {
    timers.setPersistentKeepalive(25, T0 - S);
    assertDueOnlyAt(T0 + 25 * S, PERSISTENT_KEEPALIVE, t -> t.authenticatedSent(T0));
  }

  @Test
  void aPersistentKeepaliveIsDueItsTimeAfterAnyReceive() {
    timers.setPersistentKeepalive(65_535, T0 - S);
    assertDueOnlyAt(T0 + 65_535 * S, PERSISTENT_KEEPALIVE, t -> t.authenticatedReceived(T0));
  }

  @Test
  void switchedOnAPersistentKeepaliveIsDueAtOnce() {
    assertDueOnlyAt(T0 + 3, PERSISTENT_KEEPALIVE, t -> t.setPersistentKeepalive(25, T0 + 3));
  }

  @Test
  void whenTheInterfaceComesUpAPersistentKeepaliveIsDueAtOnce() {
    timers.setPersistentKeepalive(25, T0 - 100 * S);
    assertEquals(NONE, timers.nextDeadlineNs());
    assertDueOnlyAt(T0, PERSISTENT_KEEPALIVE, t -> {});
  }

  @Test
  void aPersistentKeepaliveThatCouldNotBeSentIsDueAgain() {
    timers.setPersistentKeepalive(1, T0);
    timers.start(T0);
    for (int second = 0; second < 200; second++) {
      assertPoll(0, T0 + second * S - 1);
      assertPoll(PERSISTENT_KEEPALIVE, T0 + second * S);
    }
  }

  @Test
  void setAgainToTheSameTimeNothingIsDueEarlier() {
    timers.start(T0);
    timers.setPersistentKeepalive(25, T0);
    timers.authenticatedSent(T0);
    timers.setPersistentKeepalive(25, T0 + S);
    assertEquals(T0 + 25 * S, timers.nextDeadlineNs());
    timers.setPersistentKeepalive(10, T0 + 2 * S);
    assertEquals(T0 + 12 * S, timers.nextDeadlineNs());
    timers.setPersistentKeepalive(0, T0 + 3 * S);
    assertEquals(NONE, timers.nextDeadlineNs());
    timers.authenticatedSent(T0 + 4 * S);
    timers.authenticatedReceived(T0 + 4 * S);
    assertEquals(NONE, timers.nextDeadlineNs());
    assertEquals(0, timers.persistentKeepaliveSeconds());
  }

  @Test
  void aPersistentKeepaliveOutside16BitsIsRefused() {
    timers.setPersistentKeepalive(7, T0);
    for (int seconds : new int[] {-1, 65_536}) {
      var error =
          assertThrows(
              IllegalArgumentException.class, () -> timers.setPersistentKeepalive(seconds, T0));
      assertTrue(error.getMessage().contains(" " + seconds + " "), error.getMessage());
    }
    assertEquals(7, timers.persistentKeepaliveSeconds());
  }

  @Property(tries = 100)
  void jitterOnlyPostpones(@ForAll @LongRange(min = 0, max = 333_000_000) long jitterNs) {
    PeerTimers fresh = new PeerTimers(WP, () -> {});
    fresh.start(T0);
    fresh.initiationSent(T0, jitterNs);
    assertEquals(T0 + 5 * S + jitterNs, fresh.nextDeadlineNs());
    fresh.handshakeComplete(T0);
    fresh.dataSent(T0, jitterNs);
    assertEquals(T0 + 15 * S + jitterNs, fresh.nextDeadlineNs());
  }

  @Test
  void retriesSpreadOverTheWholeJitter() {
    SplittableRandom chance = new SplittableRandom(3);
    timers.start(T0);
    long least = NONE;
    long most = 0;
    for (int i = 0; i < 500; i++) {
      timers.initiationSent(T0, WP.jitter(chance));
      long wait = timers.nextDeadlineNs() - T0;
      least = Math.min(least, wait);
      most = Math.max(most, wait);
    }
    assertTrue(least >= 5 * S && least < 5_010_000_000L, "least " + least);
    assertTrue(most <= 5_333_000_000L && most > 5_323_000_000L, "most " + most);
  }

  @Test
  void nothingIsInitiatedWithin5SecondsOfAnInitiationOrResponse() {
    timers.start(T0);
    assertTrue(timers.mayInitiate(T0));
    timers.initiationSent(T0, 333);
    assertFalse(timers.mayInitiate(T0 + 5 * S - 1));
    assertTrue(timers.mayInitiate(T0 + 5 * S));
    timers.responseSent(T0 + 6 * S);
    assertFalse(timers.mayInitiate(T0 + 11 * S - 1));
    assertTrue(timers.mayInitiate(T0 + 11 * S));
    timers.responseSent(T0 + 12 * S);
    timers.allowInitiation();
    assertTrue(timers.mayInitiate(T0 + 12 * S));
    timers.initiationSent(T0 + 12 * S, 0);
    timers.stop();
    assertTrue(timers.mayInitiate(T0 + 12 * S));
  }

  @Test
  void whileStoppedNothingIsDue() {
    eachEvent(timers, T0);
    assertEquals(NONE, timers.nextDeadlineNs());
    assertPoll(0, T0 + 1000 * S);
    timers.start(T0 + 1000 * S);
    assertEquals(NONE, timers.nextDeadlineNs());
    assertPoll(0, T0 + 2000 * S);
  }

  @Test
  void stoppingTakesEveryTimerAway() {
    timers.start(T0);
    eachEvent(timers, T0);
    timers.setPersistentKeepalive(25, T0);
    assertPoll(PERSISTENT_KEEPALIVE, T0);
    assertPoll(RETRANSMIT, T0 + 5 * S);
    timers.stop();
    assertEquals(0, timers.attempts());
    assertPoll(0, T0 + 1000 * S);
    assertEquals(NONE, timers.nextDeadlineNs());
    timers.start(T0 + 2000 * S);
    assertPoll(PERSISTENT_KEEPALIVE, T0 + 2000 * S);
    assertPoll(0, T0 + 2000 * S);
  }

  @Test
  void startingTwiceChangesNothing() {
    timers.start(T0);
    timers.dataSent(T0, 0);
    timers.start(T0 + S);
    assertEquals(T0 + 15 * S, timers.nextDeadlineNs());
  }

  /** Two peers, one packet: its receiver answers once, and that answer is not answered. */
  @Test
  void aKeepaliveIsNotAnsweredByAKeepalive() {
    PeerTimers sender = new PeerTimers(WP, () -> {});
    PeerTimers receiver = new PeerTimers(WP, () -> {});
    sender.start(T0);
    receiver.start(T0);
    sender.dataSent(T0, 0);
    sender.authenticatedSent(T0);
    receiver.authenticatedReceived(T0);
    receiver.dataReceived(T0);
    int keepalives = 0;
    long now = Math.min(sender.nextDeadlineNs(), receiver.nextDeadlineNs());
    while (now != NONE) {
      assertPoll(0, sender, now);
      assertPoll(KEEPALIVE, receiver, now);
      keepalives++;
      receiver.authenticatedSent(now);
      sender.authenticatedReceived(now);
      now = Math.min(sender.nextDeadlineNs(), receiver.nextDeadlineNs());
    }
    assertEquals(1, keepalives);
  }

  @Test
  void thePassiveTimerIsNotMeasuredFromTheLastSend() {
    timers.start(T0);
    for (int tenth = 0; tenth < 150; tenth++) {
      assertPoll(0, T0 + tenth * S / 10);
      timers.dataSent(T0 + tenth * S / 10, 0);
      timers.authenticatedSent(T0 + tenth * S / 10);
    }
    assertPoll(0, T0 + 15 * S - 1);
    assertPoll(NEW_HANDSHAKE, T0 + 15 * S);
  }

  @Test
  void aPersistentKeepaliveIsSilentOnABusyTunnel() {
    timers.start(T0);
    timers.setPersistentKeepalive(25, T0);
    for (int second = 0; second < 600; second += 24) {
      timers.authenticatedReceived(T0 + second * S);
      assertPoll(0, T0 + (second + 12) * S);
      timers.authenticatedSent(T0 + (second + 12) * S);
      assertPoll(0, T0 + (second + 24) * S);
    }
  }

  private static void eachEvent(PeerTimers timers, long nowNs) {
    timers.initiationSent(nowNs, 0);
    timers.sessionDerived(nowNs);
    timers.dataReceived(nowNs);
    timers.dataReceived(nowNs);
    timers.dataSent(nowNs, 0);
    timers.armWipeIfIdle(nowNs);
  }

  private void assertPoll(int expected, long nowNs) {
    assertPoll(expected, timers, nowNs);
  }

  private static void assertPoll(int expected, PeerTimers timers, long nowNs) {
    assertEquals(Action.names(expected), Action.names(timers.poll(nowNs)));
  }
}
