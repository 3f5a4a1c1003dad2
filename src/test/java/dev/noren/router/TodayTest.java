package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.state.GreatestTime;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TodayTest {
  private static final Instant LONG_AGO = Instant.EPOCH;

  @TempDir private Path state;
  private Instant now = LONG_AGO;

  private LocalDate today(Instant savedAt) {
    try (GreatestTime greatest = new GreatestTime(state, () -> now)) {
      return new Today(greatest, savedAt).get();
    }
  }

  @Test
  void aClockThatIsRightIsBelieved() {
    now = Instant.parse("2027-03-31T23:59:59Z");
    assertEquals(LocalDate.of(2027, 3, 31), today(LONG_AGO));
    now = now.plusSeconds(1);
    assertEquals(LocalDate.of(2027, 4, 1), today(LONG_AGO));
  }

  @Test
  void aDeadClockIsTheDayOfTheDocumentOrOfTheProgram() {
    assertEquals(Today.LEAST, today(LONG_AGO));
    assertEquals(LocalDate.of(2027, 3, 31), today(Instant.parse("2027-03-31T12:00:00Z")));
  }

  @Test
  void aClockThatDiedIsTheLastDayThatItShowed() {
    now = Instant.parse("2028-02-29T12:00:00Z");
    today(LONG_AGO);
    now = LONG_AGO;
    assertEquals(LocalDate.of(2028, 2, 29), today(Instant.parse("2027-03-31T12:00:00Z")));
  }
}
