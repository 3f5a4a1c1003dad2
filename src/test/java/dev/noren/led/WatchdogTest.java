package dev.noren.led;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.linux.Errno;
import dev.noren.linux.LinuxException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private final List<String> calls = new ArrayList<>();
  private int errno = Errno.EBUSY;

  private Watchdog open() throws LinuxException {
    calls.add("open");
    if (errno != 0) {
      throw new LinuxException("/dev/watchdog: it can't be opened", errno);
    }
    return new Watchdog() {
      @Override
      public String feed() {
        calls.add("feed");
        return null;
      }

      @Override
      public void release() {
        calls.add("release");
      }
    };
  }

  /** Who holds it feeds it: nothing is wrong until it is free, and then it is ours. */
  @Test
  void oneThatSomebodyElseHoldsIsTakenOverWhenItIsFree() {
    Watchdog watchdog = Watchdog.whenFree(this::open);
    assertNull(watchdog.feed());
    assertNull(watchdog.feed());
    errno = 0;
    assertNull(watchdog.feed());
    assertNull(watchdog.feed());
    watchdog.release();
    assertEquals(List.of("open", "open", "open", "feed", "feed", "release"), calls);
  }

  @Test
  void whatElseIsWrongIsTold() {
    errno = Errno.ENODEV;
    Watchdog watchdog = Watchdog.whenFree(this::open);
    assertTrue(watchdog.feed().contains("/dev/watchdog"), calls.toString());
    watchdog.release();
    assertEquals(List.of("open"), calls);
  }
}
