package dev.noren.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PresenceTest {
  private static final long S = 1_000_000_000L;
  private static final long LONG_NS = TimeUnit.MINUTES.toNanos(1);

  private final Presence presence = new Presence();

  @Test
  void aPressCountsForWhoHasBegunBeforeIt() {
    assertFalse(presence.take(0));
    presence.pressed(10 * S);
    assertFalse(presence.take(10 * S + 1));
    assertTrue(presence.take(10 * S));
  }

  @Test
  void onePressConfirmsOneThing() {
    presence.pressed(10 * S);
    assertTrue(presence.take(5 * S));
    assertFalse(presence.take(5 * S));
    presence.pressed(11 * S);
    assertTrue(presence.take(5 * S));
  }

  /** The clock that it goes by begins anywhere, below zero too, and may come round. */
  @Test
  void timesAreComparedByWhatIsBetween() {
    assertFalse(presence.take(Long.MIN_VALUE));
    presence.pressed(-3 * S);
    assertFalse(presence.take(-2 * S));
    assertTrue(presence.take(-4 * S));
    presence.pressed(Long.MIN_VALUE + 5);
    assertTrue(presence.take(Long.MAX_VALUE - 5));
  }

  @Test
  void whoWaitsIsToldAtOnce() throws Exception {
    CompletableFuture<Boolean> told =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return presence.await(0, LONG_NS);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    presence.pressed(1);
    assertTrue(told.get(30, TimeUnit.SECONDS));
    assertFalse(presence.take(0), "it was taken");
  }

  @Test
  void patienceEnds() throws InterruptedException {
    presence.pressed(1);
    assertFalse(presence.await(2, 1_000_000));
    assertFalse(presence.await(2, 0));
    assertTrue(presence.await(1, 0), "it is there already");
  }

  @Test
  void theLastPressIsKnownWhoeverTookIt() {
    assertNull(presence.secondsAgo(5 * S));
    presence.pressed(5 * S);
    presence.take(0);
    assertEquals(0, presence.secondsAgo(5 * S));
    assertEquals(7, presence.secondsAgo(12 * S + 1));
  }
}
