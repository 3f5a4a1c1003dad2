package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OneWayTest {
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  private final OneWay oneWay = new OneWay();
  private long nowNs = 1_000 * SECOND_NS;
  private long sent = 500;

  /** Two seconds later, so many bytes more were sent. */
  private long look(long more, long dataAgeSeconds) {
    nowNs += 2 * SECOND_NS;
    sent += more;
    oneWay.look(sent, dataAgeSeconds < 0 ? -1 : dataAgeSeconds * SECOND_NS, nowNs);
    return oneWay.ns() / SECOND_NS;
  }

  @Test
  void whatWasSentBeforeTheFirstLookTellsNothing() {
    assertEquals(0, look(0, -1));
    assertEquals(0, look(0, -1));
  }

  @Test
  void itGrowsWhileDataGoesAndNoneComes() {
    look(0, -1);
    assertEquals(0, look(100, -1));
    assertEquals(2, look(100, -1));
    assertEquals(4, look(100, -1));
    assertEquals(4, look(0, -1), "nothing more was sent");
    assertEquals(8, look(100, -1));
  }

  @Test
  void whatComesEndsIt() {
    look(0, 100);
    look(100, 102);
    assertEquals(2, look(100, 104));
    assertEquals(0, look(0, 1));
    assertEquals(0, look(100, 3));
    assertEquals(2, look(100, 5));
  }

  @Test
  void whatCameBeforeDoesNot() {
    look(0, 1);
    look(100, 3);
    assertEquals(2, look(100, 5));
  }

  @Test
  void whoHasStoppedWaitsForNothing() {
    look(0, -1);
    look(100, -1);
    look(100, -1);
    for (int i = 0; i < 7; i++) {
      assertEquals(2, look(0, -1));
    }
    assertEquals(0, look(0, -1));
    assertEquals(0, look(100, -1), "that begins anew");
  }
}
