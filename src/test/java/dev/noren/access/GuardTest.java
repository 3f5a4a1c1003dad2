package dev.noren.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noren.access.Guard.Decision;
import dev.noren.access.Guard.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GuardTest {
  private static final TotpSecret SECRET = TotpSecret.of("12345678901234567890".getBytes(US_ASCII));

  private static final Decision IN = new Decision(Outcome.LET_IN, 0);
  private static final Decision REFUSED = new Decision(Outcome.REFUSED, 0);

  private final Instant now = Instant.ofEpochSecond(1_700_000_000);
  private String kept = "";
  private IOException failure;
  private long nowNs;
  private Guard guard = new Guard(UsedSteps.of(kept, this::keep));

  private void keep(String text) throws IOException {
    if (failure != null) {
      throw failure;
    }
    kept = text;
  }

  private static String code(Instant time) {
    return Totp.code(SECRET.key(), Totp.stepOf(time));
  }

  private Decision attempt(String source, String owner, String person, String code, Instant time)
      throws IOException {
    return guard.attempt(source, owner, owner == null ? null : SECRET, person, code, time, nowNs);
  }

  @Test
  void aRightCodeIsTakenOnce() throws IOException {
    assertEquals(IN, attempt("10.8.0.2", "佐藤", "佐藤", code(now), now));
    assertEquals(REFUSED, attempt("10.8.0.2", "佐藤", "佐藤", code(now), now), "replayed");
    assertEquals(REFUSED, attempt("10.8.0.3", "佐藤", "佐藤", code(now), now), "from elsewhere");
    Instant next = now.plusSeconds(30);
    assertEquals(IN, attempt("10.8.0.2", "佐藤", "佐藤", code(next), next));
    assertEquals(REFUSED, attempt("10.8.0.2", "佐藤", "佐藤", code(now), next), "an older one");
    assertEquals(IN, attempt("10.8.0.4", "Suzuki", "Suzuki", code(now), now), "of another person");
  }

  @Test
  void aCodeIsTakenOnceOverARestart() throws IOException {
    assertEquals(IN, attempt("10.8.0.2", "佐藤", "佐藤", code(now), now));
    guard = new Guard(UsedSteps.of(kept, this::keep));
    assertEquals(REFUSED, attempt("10.8.0.2", "佐藤", "佐藤", code(now), now));
  }

  @Test
  void whereNobodyKnowsWhatWasUsedNothingIsTakenThatCouldHaveBeen() throws IOException {
    assertThrows(IllegalArgumentException.class, () -> UsedSteps.of("what\n", this::keep));
    assertThrows(IllegalArgumentException.class, () -> UsedSteps.of("YQ== x\n", this::keep));
    guard = new Guard(UsedSteps.unknown(now, this::keep));
    for (int off = -30; off <= 30; off += 30) {
      Instant time = now.plusSeconds(off);
      assertEquals(REFUSED, attempt("10.8.0.2", "a", "a", code(time), now));
    }
    Instant later = now.plusSeconds(60);
    assertEquals(IN, attempt("10.8.0.2", "a", "a", code(later), later));
  }

  @Test
  void whatCanNotBeKeptLetsNobodyIn() throws IOException {
    failure = new IOException("disk full");
    assertThrows(IOException.class, () -> attempt("10.8.0.2", "a", "a", code(now), now));
    failure = null;
    assertEquals(IN, attempt("10.8.0.2", "a", "a", code(now), now), "it was not used");
  }

  @Test
  void aRefusalIsTheSameWhoeverItIsFor() throws IOException {
    assertEquals(REFUSED, attempt("10.8.0.2", "a", "b", code(now), now), "another's device");
    assertEquals(REFUSED, attempt("10.8.0.2", "a", "nobody", code(now), now));
    assertEquals(REFUSED, attempt("10.8.0.9", null, "a", code(now), now), "no device");
    assertEquals(
        REFUSED, guard.attempt("10.8.0.2", "a", null, "a", code(now), now, nowNs), "no secret");
    assertEquals(REFUSED, attempt("10.8.0.2", "a", "a", "000000", now));
  }

  @Test
  void theSixthAttemptIsNotLookedAt() throws IOException {
    for (int i = 0; i < 4; i++) {
      assertEquals(REFUSED, attempt("10.8.0.2", "a", "a", "000000", now));
    }
    assertEquals(new Decision(Outcome.REFUSED, 60), attempt("10.8.0.2", "a", "a", "000000", now));
    Decision wait = new Decision(Outcome.TOO_MANY, 60);
    assertEquals(wait, attempt("10.8.0.2", "a", "a", code(now), now), "though it is right");
    assertEquals(wait, attempt("10.8.0.3", "a", "a", code(now), now), "nor at another device");
    assertEquals(REFUSED, attempt("10.8.0.9", "b", "a", code(now), now), "others may");
    nowNs = TimeUnit.SECONDS.toNanos(60) - 1;
    assertEquals(new Decision(Outcome.TOO_MANY, 1), attempt("10.8.0.2", "a", "a", code(now), now));
    nowNs++;
    assertEquals(IN, attempt("10.8.0.2", "a", "a", code(now), now));
  }

  @Test
  void nobodyUsesUpTheAttemptsOfAnother() throws IOException {
    for (int i = 0; i < 10; i++) {
      attempt("10.8.0.9", "b", "a", "000000", now);
      attempt("10.8.0.10", null, "a", "000000", now);
    }
    assertEquals(IN, attempt("10.8.0.2", "a", "a", code(now), now));
  }

  @Test
  void onlySoManyPeopleAreRemembered() throws IOException {
    UsedSteps steps = UsedSteps.of("", this::keep);
    for (int i = 0; i <= UsedSteps.MOST; i++) {
      steps.use("p" + i, i);
    }
    assertEquals(UsedSteps.MOST, kept.lines().count());
    assertEquals(Totp.NONE, steps.last("p0"));
    assertEquals(UsedSteps.MOST, steps.last("p" + UsedSteps.MOST));
  }
}
