package dev.noren.led;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NightTest {
  @ParameterizedTest
  @CsvSource({
    "22:00, 07:00, 21:59, false",
    "22:00, 07:00, 22:00, true",
    "22:00, 07:00, 23:59, true",
    "22:00, 07:00, 00:00, true",
    "22:00, 07:00, 06:59, true",
    "22:00, 07:00, 07:00, false",
    "22:00, 07:00, 12:00, false",
    "22:00, 00:00, 23:59, true",
    "22:00, 00:00, 00:00, false",
    "00:00, 06:00, 00:00, true",
    "00:00, 06:00, 23:59, false",
    "00:00, 06:00, 06:00, false",
    "13:00, 14:00, 12:59, false",
    "13:00, 14:00, 13:00, true",
    "13:00, 14:00, 13:59, true",
    "13:00, 14:00, 14:00, false",
  })
  void aNightMayGoOverMidnight(String from, String to, String at, boolean night) {
    assertEquals(night, new Night(minute(from), minute(to)).has(minute(at)));
  }

  @Test
  void withoutOneItIsAlwaysDay() {
    for (int minute = 0; minute < 24 * 60; minute++) {
      assertFalse(Night.NEVER.has(minute));
    }
  }

  private static int minute(String time) {
    return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
  }
}
