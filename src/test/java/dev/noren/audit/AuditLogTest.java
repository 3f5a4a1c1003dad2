package dev.noren.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.status.LogEntry;
import dev.noren.status.LogEntry.Kind;
import dev.noren.status.LogQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  private static final Instant AT = Instant.parse("2026-10-05T08:00:00Z");
  private static final LogQuery ALL = new LogQuery(null, null, LogQuery.MOST);

  @TempDir Path state;
  private final List<LogEntry> copied = new ArrayList<>();

  private AuditLog log() {
    return new AuditLog(state, 365, copied::add);
  }

  private static LogEntry entry(Kind kind, String what) {
    return new LogEntry(AT, kind, "root (local)", what);
  }

  private static LogEntry config(String what) {
    return entry(Kind.CONFIG, what);
  }

  private Path file() {
    return state.resolve("audit/audit-2026-10.log");
  }

  private String verify() throws IOException {
    return new AuditFiles(state).verify().toString();
  }

  private String broken() {
    return assertThrows(IOException.class, this::verify).getMessage();
  }

  @Test
  void aLineIsReadableAndCarriesTheHashOfTheOneBefore() throws IOException {
    AuditLog log = log();
    log.write(config("saved as number 8: lan.dhcp.on"), 0);
    log.write(new LogEntry(AT, Kind.DEVICE, "02:00:00:00:00:01", "came"), 0);
    List<String> lines = Files.readAllLines(file());
    assertEquals(
        "2026-10-05T08:00:00Z\tconfig\troot (local)\tsaved as number 8: lan.dhcp.on\t"
            + "0".repeat(64),
        lines.get(0));
    assertEquals(
        "2026-10-05T08:00:00Z\tdevice\t02:00:00:00:00:01\tcame\t"
            + AuditLine.hash(lines.get(0).getBytes(UTF_8)),
        lines.get(1));
    assertEquals("2 lines are as written, from 2026-10 to 2026-10", verify());
    assertEquals(copied, log.entries(ALL));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
  }

  @Test
  void noTextLooksLikeAColumnOrALine() throws IOException {
    List<String> texts =
        List.of(
            "tab\there",
            "two\nlines\r",
            "back\\slash \\n \\u0041",
            "esc \u001b[2J",
            "日本 😀 é",
            "\u2028",
            "half \ud800.",
            "");
    AuditLog log = log();
    for (String text : texts) {
      log.write(new LogEntry(AT, Kind.CONFIG, text, text), 0);
    }
    List<String> read = log.entries(ALL).stream().map(LogEntry::what).toList();
    assertEquals(texts.subList(0, texts.size() - 1), read.subList(0, texts.size() - 1));
    assertEquals("-", read.getLast());
    assertEquals(texts.size(), Files.readAllLines(file()).size());
    assertFalse(Files.readString(file()).contains("\u001b"));
    assertEquals("8 lines are as written, from 2026-10 to 2026-10", verify());
  }

  @Test
  void aLongTextIsCutAndNotTheLog() throws IOException {
    AuditLog log = log();
    log.write(config("x".repeat(100_000)), 0);
    assertEquals("x".repeat(AuditLine.MOST_TEXT), log.entries(ALL).getFirst().what());
  }

  @Test
  void theChainGoesOnAfterARestartAndInTheNextMonth() throws IOException {
    log().write(config("one"), 0);
    log().write(config("two"), 0);
    log().write(new LogEntry(AT.plusSeconds(30 * 86_400), Kind.ROUTER, "-", "started"), 0);
    // A clock that starts in the past does not take the log back to a file before.
    log().write(new LogEntry(Instant.EPOCH, Kind.ROUTER, "-", "started"), 0);
    assertEquals("4 lines are as written, from 2026-10 to 2026-11", verify());
    assertEquals(2, Files.readAllLines(state.resolve("audit/audit-2026-11.log")).size());
    assertEquals(4, log().entries(ALL).size());
  }

  /** Each line changed, taken out or put in is found, and so is each byte. */
  @Test
  void everyChangeIsFound() throws IOException {
    AuditLog log = log();
    for (int i = 1; i <= 4; i++) {
      log.write(config("number " + i), 0);
    }
    List<String> lines = Files.readAllLines(file());
    for (int i = 0; i < 3; i++) {
      List<String> changed = new ArrayList<>(lines);
      changed.set(i, lines.get(i).replace("number", "Number"));
      Files.write(file(), changed);
      assertTrue(broken().contains("line " + (i + 2) + " does not carry the hash"), broken());
      changed.remove(i);
      Files.write(file(), changed);
      if (i > 0) {
        assertTrue(broken().contains("line " + (i + 1) + " does not carry the hash"), broken());
      }
      changed = new ArrayList<>(lines);
      changed.add(i + 1, lines.get(i));
      Files.write(file(), changed);
      assertTrue(broken().contains("line " + (i + 2) + " does not carry"), broken());
    }
    byte[] whole = (String.join("\n", lines) + "\n").getBytes(UTF_8);
    int lastLine = (lines.get(3) + "\n").getBytes(UTF_8).length;
    for (int i = 0; i < whole.length - lastLine; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= 1;
      Files.write(file(), changed);
      assertNotNull(broken(), "byte " + i);
    }
    Files.write(file(), whole);
    verify();
  }

  @Test
  void aLineThatAPowerCutLeftHalfIsToldAndTheChainGoesOn() throws IOException {
    log().write(config("one"), 0);
    log().write(config("two"), 0);
    byte[] whole = Files.readAllBytes(file());
    int first = Files.readAllLines(file()).getFirst().length() + 1;
    for (int length = first + 1; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      verify();
      log().write(config("three"), 0);
      log().write(config("four"), 0);
      List<String> lines = Files.readAllLines(file());
      assertEquals(5, lines.size(), "cut at " + length);
      assertTrue(lines.get(2).contains("the line above was not finished"), lines.get(2));
      verify();
      assertEquals(
          List.of("one", "three", "four"),
          log().entries(ALL).stream()
              .filter(entry -> entry.kind() == Kind.CONFIG && !entry.what().equals("two"))
              .map(LogEntry::what)
              .toList());
    }
  }

  @Test
  void aHalfLineThatNobodyToldOfIsAChange() throws IOException {
    log().write(config("one"), 0);
    log().write(config("two"), 0);
    String text = Files.readString(file());
    Files.writeString(file(), text.replaceFirst("one\t", "one "));
    assertTrue(broken().contains("line 1 is no line of this log"), broken());
  }

  @Test
  void damageOfAnyLengthDoesNotEndTheLog() throws IOException {
    log().write(config("one"), 0);
    for (int zeros : new int[] {1, 5_000, 1 << 16, 200_000}) {
      byte[] whole = Files.readAllBytes(file());
      Files.write(file(), Arrays.copyOf(whole, whole.length + zeros));
      AuditLog log = log();
      log.write(config("after " + zeros), 0);
      assertNull(log.problem());
      assertEquals("after " + zeros, log.entries(ALL).getLast().what());
    }
  }

  @Test
  void whatOthersCauseIsBoundedAndWhatPeopleChangeIsNot() throws IOException {
    AuditLog log = log();
    long nowNs = 5;
    for (int i = 0; i < 1_000; i++) {
      log.write(entry(Kind.DEVICE, "came " + i), nowNs);
      log.write(config("changed " + i), nowNs);
    }
    long devices = count(log, Kind.DEVICE);
    assertEquals(AuditLog.MOST_AN_HOUR, devices);
    assertEquals(1_000, count(log, Kind.CONFIG));
    log.write(entry(Kind.DEVICE, "late"), nowNs + TimeUnit.HOURS.toNanos(1) - 1);
    assertEquals(devices, count(log, Kind.DEVICE));
    log.write(entry(Kind.DEVICE, "later"), nowNs + TimeUnit.HOURS.toNanos(1));
    assertEquals(devices + 2, count(log, Kind.DEVICE));
    List<LogEntry> last = log.entries(new LogQuery(null, Kind.DEVICE, 2));
    assertEquals("881 more, which were too many", last.get(0).what());
    assertEquals("later", last.get(1).what());
  }

  private static long count(AuditLog log, Kind kind) throws IOException {
    return log.entries(new LogQuery(null, kind, LogQuery.MOST)).size();
  }

  @Test
  void aDiskThatTakesNothingStopsNothing() throws IOException {
    AuditLog log = log();
    log.write(config("one"), 0);
    // What can't be written to, even by root.
    Path away = state.resolve("away");
    Files.move(state.resolve("audit"), away);
    Files.writeString(state.resolve("audit"), "a file where the folder should be");
    log.write(config("two"), 0);
    log.write(config("three"), 0);
    String problem = log.problem().toString();
    assertTrue(problem.startsWith("the audit log can't be written: "), problem);
    Files.delete(state.resolve("audit"));
    Files.move(away, state.resolve("audit"));
    log.write(config("four"), 0);
    assertNull(log.problem());
    List<String> read = log.entries(ALL).stream().map(LogEntry::what).toList();
    assertEquals("one", read.get(0));
    assertTrue(read.get(1).startsWith("2 lines are lost: "), read.get(1));
    assertEquals("four", read.get(2));
    verify();
    assertEquals(4, copied.size(), "the copy has them all");
  }

  @Test
  void monthsThatGrewTooOldAreDeleted() throws IOException {
    AuditLog log = log();
    for (String at :
        List.of("2025-09-30T23:59:59Z", "2025-10-01T00:00:00Z", "2026-10-05T08:00:00Z")) {
      log.write(new LogEntry(Instant.parse(at), Kind.ROUTER, "-", at), 0);
    }
    Instant end = Instant.parse("2026-10-01T00:00:00Z");
    log.deleteOld(end);
    assertEquals(3, log.entries(ALL).size(), "to the second, the last of it is 365 days old");
    log.deleteOld(end.plusSeconds(1));
    assertEquals(2, log.entries(ALL).size());
    assertEquals("2 lines are as written, from 2025-10 to 2026-10", verify());
    log.keep(1);
    log.deleteOld(Instant.parse("2030-01-01T00:00:00Z"));
    assertEquals(1, log.entries(ALL).size(), "the file in use stays");
    log.write(config("on"), 0);
    verify();
  }

  @Test
  void aQueryGetsWhatItAsksFor() throws IOException {
    AuditLog log = log();
    for (int i = 0; i < 10; i++) {
      Kind kind = i % 2 == 0 ? Kind.DEVICE : Kind.CONFIG;
      log.write(new LogEntry(AT.plusSeconds(i), kind, "x", "" + i), 0);
    }
    assertEquals(
        List.of("7", "9"),
        log.entries(new LogQuery(null, Kind.CONFIG, 2)).stream().map(LogEntry::what).toList());
    assertEquals(
        List.of("8", "9"),
        log.entries(new LogQuery(AT.plusSeconds(8), null, 100)).stream()
            .map(LogEntry::what)
            .toList());
    assertEquals(List.of(), log.entries(new LogQuery(AT.plusSeconds(99), null, 1)));
    assertEquals(List.of(), new AuditFiles(state.resolve("none")).entries(ALL));
    assertEquals("There is no log yet", new AuditFiles(state.resolve("none")).verify().toString());
  }
}
