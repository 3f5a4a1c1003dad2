package dev.noren.led;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeederTest {
  private static final long S = 1_000_000_000L;

  private final List<String> done = new ArrayList<>();
  private long stuckNs;

  private final Watchdog watchdog =
      new Watchdog() {
        @Override
        public String feed() {
          done.add("fed");
          return null;
        }

        @Override
        public void release() {
          done.add("released");
        }
      };

  private final Feeder feeder = new Feeder(watchdog, now -> stuckNs, 0);

  private int fed() {
    int count = done.size();
    done.clear();
    return count;
  }

  @Test
  void isFedEveryFewSecondsWhileAllGetsOn() {
    assertEquals(4 * S, feeder.turn(0, 0));
    assertEquals(1, fed());
    assertEquals(4 * S, feeder.turn(4 * S - 1, 0));
    assertEquals(0, fed());
    assertEquals(8 * S, feeder.turn(4 * S, 0));
    assertEquals(1, fed());
  }

  @Test
  void isNotFedWhileALoopDoesNotMove() {
    stuckNs = Feeder.PATH_NS - 1;
    feeder.turn(0, 0);
    assertEquals(1, fed());
    stuckNs = Feeder.PATH_NS;
    feeder.turn(4 * S, 4 * S);
    assertEquals(0, fed());
    stuckNs = 0;
    feeder.turn(8 * S, 8 * S);
    assertEquals(1, fed());
  }

  @Test
  void isNotFedWhenTheRouterNoLongerLooks() {
    feeder.turn(100 * S, 100 * S - Feeder.STALE_NS + 1);
    assertEquals(1, fed());
    feeder.turn(104 * S, 104 * S - Feeder.STALE_NS);
    assertEquals(0, fed());
  }

  @Test
  void isReleasedAtAnOrderlyEnd() {
    feeder.release();
    assertEquals(List.of("released"), done);
  }
}
