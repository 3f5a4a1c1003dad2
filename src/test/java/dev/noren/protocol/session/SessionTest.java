package dev.noren.protocol.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.protocol.Limits;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final Limits WP = Limits.WHITEPAPER;
  private static final long BORN = 7_000_000_123L;
  private static final long S = TimeUnit.SECONDS.toNanos(1);

  private final Session initiated = TestSessions.session(0x1a2b, true, BORN);
  private final Session responded = TestSessions.session(0x1a2b, false, BORN);

  @Test
  void itSendsAndReceivesUntilItIs180SecondsOld() {
    for (Session session : new Session[] {initiated, responded}) {
      assertTrue(session.maySend(BORN, WP));
      assertTrue(session.maySend(BORN + 180 * S - 1, WP));
      assertFalse(session.maySend(BORN + 180 * S, WP));
      assertFalse(session.isExpired(BORN + 180 * S - 1, WP));
      assertTrue(session.isExpired(BORN + 180 * S, WP));
    }
  }

  @Test
  void itSendsNoMoreAtTheRejectLimit() {
    Limits few = WP.withMessages(2, 4);
    for (int counter = 0; counter < 4; counter++) {
      assertTrue(responded.maySend(BORN, few));
      assertEquals(counter, responded.sentCounter());
      assertEquals(counter, responded.nextCounter());
    }
    assertFalse(responded.maySend(BORN, few));
    assertFalse(responded.isExpired(BORN, few));
  }

  @Test
  void limitsAreUnsigned() {
    Limits high = WP.withMessages(-10, -5);
    initiated.nextCounter();
    assertTrue(initiated.maySend(BORN, high));
    assertFalse(initiated.wantsRekey(BORN, high));
    assertTrue(initiated.accept(Long.MIN_VALUE, high));
    assertTrue(initiated.accept(-6, high));
    assertFalse(initiated.accept(-5, high));
    assertFalse(initiated.accept(-1, high));
  }

  @Test
  void aCounterAboveTheRekeyLimitWantsANewSessionOnBothSides() {
    Limits few = WP.withMessages(2, 100);
    for (Session session : new Session[] {initiated, responded}) {
      session.nextCounter();
      session.nextCounter();
      assertFalse(session.wantsRekey(BORN, few));
      session.nextCounter();
      assertTrue(session.wantsRekey(BORN, few));
    }
  }

  @Test
  void onlyTheInitiatorWantsANewSessionAbove120Seconds() {
    assertFalse(initiated.wantsRekey(BORN + 120 * S, WP));
    assertTrue(initiated.wantsRekey(BORN + 120 * S + 1, WP));
    assertFalse(responded.wantsRekey(BORN + 179 * S, WP));
  }

  @Test
  void onlyTheInitiatorAsksLateAbove165SecondsAndOnlyOnce() {
    assertFalse(initiated.asksLateRekey(BORN + 165 * S, WP));
    assertTrue(initiated.asksLateRekey(BORN + 165 * S + 1, WP));
    assertFalse(initiated.asksLateRekey(BORN + 165 * S + 1, WP));
    assertFalse(initiated.askRekeyOnce());
    assertFalse(responded.asksLateRekey(BORN + 179 * S, WP));
    assertTrue(responded.askRekeyOnce());
  }

  /** Rows 25 to 33 of the kernel's replay table, which are about the reject limit. */
  @Test
  void countersAtTheRejectLimit() {
    long reject = WP.rejectAfterMessages();
    assertFalse(initiated.accept(reject, WP), "row 25");
    assertTrue(initiated.accept(reject - 1, WP), "row 26");
    assertFalse(initiated.accept(reject, WP), "row 27");
    assertFalse(initiated.accept(reject - 1, WP), "row 28");
    assertTrue(initiated.accept(reject - 2, WP), "row 29");
    assertFalse(initiated.accept(reject + 1, WP), "row 30");
    assertFalse(initiated.accept(reject + 2, WP), "row 31");
    assertFalse(initiated.accept(reject - 2, WP), "row 32");
    assertTrue(initiated.accept(reject - 3, WP), "row 33");
  }

  @Test
  void aRetiredSessionReceivesButDoesNotSend() {
    initiated.retire();
    assertFalse(initiated.maySend(BORN, WP));
    assertFalse(initiated.isExpired(BORN, WP));
    assertFalse(initiated.isWiped());
    assertTrue(initiated.accept(0, WP));
  }

  @Test
  void aWipedSessionHasNoKeys() {
    assertNotSame(initiated.sendKey(), initiated.receiveKey());
    assertFalse(initiated.sendKey().isWiped());
    initiated.wipe();
    assertTrue(initiated.isWiped());
    assertTrue(initiated.sendKey().isWiped());
    assertTrue(initiated.receiveKey().isWiped());
    assertFalse(initiated.maySend(BORN, WP));
  }

  @Test
  void manyThreadsTakeDifferentCounters() throws InterruptedException {
    Set<Long> taken = ConcurrentHashMap.newKeySet();
    CountDownLatch go = new CountDownLatch(1);
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                await(go);
                for (int n = 0; n < 2000; n++) {
                  taken.add(initiated.nextCounter());
                }
              });
      threads[i].start();
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(8000, taken.size());
    assertEquals(8000, initiated.sentCounter());
  }

  @Test
  void itsNameShowsTheIndexAndNoKey() {
    assertEquals("session 1a2b", initiated.toString());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
