package dev.noren.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.text.Refused;
import dev.noren.update.UpdateList.Release;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateListTest {
  private static final String SUM = "ab".repeat(32);
  private static final String GOOD =
      """
      noren-updates 1
      time 1790000000
      version 0.2.0 1780000000 40960 SUM https://noren.example/noren-0.2.0.update
      about en The page is faster.
      about ja ページが速くなりました。
      version 0.3.0 1785000000 45056 SUM http://noren.example/0.3.0
      later what an older box does not know
      """
          .replace("SUM", SUM);

  @Test
  void aListSaysWhatThereIs() {
    assertEquals(
        new UpdateList(
            1_790_000_000,
            List.of(
                new Release(
                    "0.2.0",
                    1_780_000_000,
                    40_960,
                    SUM,
                    "https://noren.example/noren-0.2.0.update",
                    Map.of("en", "The page is faster.", "ja", "ページが速くなりました。")),
                new Release(
                    "0.3.0", 1_785_000_000, 45_056, SUM, "http://noren.example/0.3.0", Map.of()))),
        UpdateList.parse(GOOD));
    assertEquals(List.of(), UpdateList.parse("noren-updates 1\ntime 1\n").releases());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "1700000000, 0.3.0",
        "1780000000, 0.3.0",
        "1784999999, 0.3.0",
        "1785000000, none",
        "1790000000, none",
      })
  void onlyWhatIsNewerThanWhatRunsIsNews(long runs, String newest) {
    Release found = UpdateList.parse(GOOD).newest(runs);
    assertEquals(newest, found == null ? null : found.version());
  }

  /** What stands in the good list, and what in its place. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "noren-updates 1 | noren-updates 2",
        "noren-updates 1 | noren-update 1",
        "time 1790000000 | time",
        "time 1790000000 | time -1790000000",
        "time 1790000000 | time 1790000000000",
        "time 1790000000 | times 1790000000",
        "version 0.2.0 | version ../x",
        "version 0.2.0 | version -x",
        "1780000000 40960 | 1780000000 -1",
        "1780000000 40960 | 1780000000 0",
        "1780000000 40960 | 40960",
        "abab | ABab",
        "https://noren.example | ftp://noren.example",
        "https://noren.example | --output-document=/etc/passwd",
        "https://noren.example | https://noren.example/ x",
        "about en | about de",
        "about en The page is faster. | about en",
        "later what | 3later what",
      })
  void whatIsNoListIsRefused(String good, String bad) {
    assertTrue(GOOD.contains(good));
    assertRefused(GOOD.replace(good, bad));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "noren-updates 1\n",
        "noren-updates 1\ntime 5",
        "noren-updates 1\ntime 5\n\n",
        "noren-updates 1\ntime 5\nabout en of nothing\n",
        "noren-updates 1\ntime 5\nlater\u0000\n",
      })
  void neitherIsThis(String text) {
    assertRefused(text);
  }

  @Test
  void whatIsNewIsShortAndHarmless() {
    String before = "noren-updates 1\ntime 5\nversion 1 5 9 " + SUM + " http://x/y\nabout en ";
    assertEquals(
        "x".repeat(300),
        UpdateList.parse(before + "x".repeat(300) + "\n").releases().getFirst().about().get("en"));
    assertRefused(before + "x".repeat(301) + "\n");
    assertRefused(before + "a\u0007b\n");
    assertRefused(before + "a\u202eb\n");
  }

  private static void assertRefused(String text) {
    Refused e = assertThrows(Refused.class, () -> UpdateList.parse(text));
    assertTrue(e.getMessage().contains("no list of versions"), e.getMessage());
  }

  @Test
  void aListIsNeverOlderThanTheOneBefore() {
    UpdateList list = UpdateList.parse(GOOD);
    Instant now = Instant.ofEpochSecond(1_790_000_000);
    list.check(0, now);
    list.check(1_790_000_000, now);
    Refused e = assertThrows(Refused.class, () -> list.check(1_790_000_001, now));
    assertTrue(e.getMessage().contains("is older"), e.getMessage());
  }

  @Test
  void oneOfDaysToComeWouldKeepAllOthersOut() {
    UpdateList list = UpdateList.parse(GOOD);
    list.check(0, Instant.ofEpochSecond(1_790_000_000 - 86_400));
    Refused e =
        assertThrows(
            Refused.class, () -> list.check(0, Instant.ofEpochSecond(1_790_000_000 - 86_401)));
    assertTrue(e.getMessage().contains("days to come"), e.getMessage());
    list.check(0, null);
  }

  @Test
  void aListThatNobodyRenewsIsStale() {
    UpdateList list = UpdateList.parse(GOOD);
    long limit = 1_790_000_000 + 90 * 86_400L;
    assertEquals(0, list.staleDays(Instant.ofEpochSecond(limit)));
    assertEquals(90, list.staleDays(Instant.ofEpochSecond(limit + 1)));
    assertEquals(91, list.staleDays(Instant.ofEpochSecond(limit + 86_400)));
  }

  @Test
  void memoryIsReadAsItWasWritten() {
    assertEquals(LookMemory.NONE, LookMemory.parse(""));
    assertEquals(LookMemory.NONE, LookMemory.parse("looked x\nnext 5\n"));
    Instant at = Instant.ofEpochSecond(1_790_000_000);
    LookMemory looked = LookMemory.NONE.looked(at, at.plusSeconds(9));
    assertEquals(looked, LookMemory.parse(looked.text()));
    assertNull(looked.told());
    LookMemory told = looked.told("0.2.0").tried(3);
    assertEquals(told, LookMemory.parse(told.text()));
    assertTrue(told.mayFetch("0.2.0"));
    assertFalse(told.tried(LookMemory.MOST_TRIES).mayFetch("0.2.0"));
    assertTrue(told.tried(LookMemory.MOST_TRIES).mayFetch("0.3.0"));
    assertEquals(0, told.told("0.3.0").tries());
  }
}
