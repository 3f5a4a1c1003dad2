package dev.noren.led;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinuteOfDayTest {
  private static final int TIMES = 20_000;

  @ParameterizedTest
  @CsvSource({
    "2026-11-28T14:59:59Z, Asia/Tokyo, 1439",
    "2026-11-28T15:00:00Z, Asia/Tokyo, 0",
    "1970-01-01T00:00:00Z, UTC, 0",
    "1969-12-31T23:59:59Z, UTC, 1439",
    "1970-01-01T00:00:00Z, America/New_York, 1140",
    "2026-03-29T00:59:00Z, Europe/Berlin, 119",
    "2026-03-29T01:00:00Z, Europe/Berlin, 180",
  })
  void itIsThatOfTheClockOnTheWall(String at, String zone, int minute) {
    long ms = Instant.parse(at).toEpochMilli();
    assertEquals(minute, new MinuteOfDay(TimeZone.getTimeZone(zone), () -> ms).getAsInt());
  }

  /** As the lights ask, at each turn of a night. */
  @Test
  void askingMakesNoGarbage() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    MinuteOfDay minutes = new MinuteOfDay(TimeZone.getTimeZone("Asia/Tokyo"), System::nanoTime);
    Night night = new Night(22 * 60, 7 * 60);
    int nights = count(minutes, night);
    long before = threads.getCurrentThreadAllocatedBytes();
    nights += count(minutes, night);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(bytes < TIMES, bytes + " bytes for " + TIMES + " looks");
    assertTrue(nights >= 0);
  }

  private static int count(MinuteOfDay minutes, Night night) {
    int nights = 0;
    for (int i = 0; i < TIMES; i++) {
      nights += night.has(minutes.getAsInt()) ? 1 : 0;
    }
    return nights;
  }
}
