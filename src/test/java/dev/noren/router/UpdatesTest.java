package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.control.UpdateDesk;
import dev.noren.state.FactoryReset;
import dev.noren.street.Wait;
import dev.noren.text.Past;
import dev.noren.update.UpdateFiles;
import dev.noren.update.UpdateState.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UpdatesTest {
  private static final byte[] FILE = UpdateFiles.file("0.2.0", 70_000, 9_000);

  @TempDir private Path state;
  private UpdatingBox box;

  @BeforeEach
  void make() throws IOException {
    box = new UpdatingBox(state);
    box.says("idle");
  }

  @AfterEach
  void close() {
    box.close();
  }

  private Kind kind() throws IOException {
    return box.desk().update().state();
  }

  private String refusal(long offset, long of, byte[] part) {
    return assertThrows(Exception.class, () -> box.desk().giveUpdate(offset, of, part, "owner"))
        .getMessage();
  }

  /** From the file to the version that stays. */
  @Test
  void aNewVersionIsWrittenTriedAndStays() throws Exception {
    box.give(FILE, 10_000);
    assertArrayEquals(FILE, box.given);
    assertEquals(Kind.WRITING, kind(), "although the helper has not said so yet");
    assertEquals(List.of("image"), box.files());
    box.look(2);
    assertEquals(List.of("image"), box.files(), "it is being read");
    assertTrue(box.isUnderWay(), "the lights say so");
    box.says("writing 41 0.2.0");
    UpdateDesk.Update writing = box.desk().update();
    assertEquals(41, writing.percent());
    assertEquals("0.2.0", writing.version());
    box.says("ready 0.2.0");
    box.look(2);
    assertEquals(Kind.READY, kind());
    assertFalse(box.files().contains("image"), "it is written");
    assertFalse(box.isUnderWay(), "it waits for a restart");
    box.desk().tryUpdate("owner");
    assertEquals(List.of("update install", "update try"), box.asked);

    box.says("trying 0.2.0");
    box.start();
    box.look(2);
    for (int i = 0; i < 20; i++) {
      // Not yet a minute by its clock, however often it is looked at.
      box.look(2);
      Thread.sleep(2);
    }
    assertEquals(Kind.TRYING, kind());
    assertTrue(box.isUnderWay(), "it has to prove itself");
    Wait.until(
        "it stays",
        () -> {
          box.look(2);
          return box.asked.contains("update commit");
        });
    Wait.until("it is written down", () -> box.log.size() == 5);
    assertEquals(Kind.IDLE, kind());
    assertEquals(
        List.of(
            "owner: gave the box the new version 0.2.0",
            "-: the new version 0.2.0 is written and waits for a restart",
            "owner: restarts the machine with the new version 0.2.0",
            "-: the new version 0.2.0 is being tried",
            "-: the new version 0.2.0 was well and stays"),
        box.log);
    assertEquals("-", Past.words("author.box"));
  }

  @Test
  void whatIsNotWellDoesNotStay() throws Exception {
    box.says("trying 0.2.0");
    box.pageAnswers = false;
    box.start();
    for (int i = 0; i < 200; i++) {
      box.look(2);
    }
    box.stuckNs = TimeUnit.SECONDS.toNanos(11);
    box.pageAnswers = true;
    for (int i = 0; i < 200; i++) {
      box.look(2);
      Thread.sleep(1);
    }
    assertEquals(List.of(), box.asked);
    box.stuckNs = 0;
    box.failure = new IOException("noren-helper does not run");
    for (int i = 0; i < 100; i++) {
      box.look(2);
      Thread.sleep(1);
    }
    box.failure = null;
    Wait.until(
        "it is tried again",
        () -> {
          box.look(2);
          return box.asked.equals(List.of("update commit"));
        });
  }

  @Test
  void whatBecameOfItIsWrittenDownOnce() throws Exception {
    box.says("returned 0.2.0");
    for (int i = 0; i < 3; i++) {
      box.look(2);
      box.start();
    }
    assertEquals(
        List.of("-: the new version 0.2.0 was not well: the version before is back"), box.log);
    box.give(FILE, 50_000);
    box.says("failed damaged");
    box.look(2);
    box.give(FILE, 50_000);
    box.look(11);
    assertEquals(
        List.of(
            "owner: gave the box the new version 0.2.0",
            "-: no new version was taken: The file was not taken: it is damaged. Download it again"
                + " and give it to the box once more.",
            "owner: gave the box the new version 0.2.0",
            "-: no new version was taken: The file was not taken: it is damaged. Download it again"
                + " and give it to the box once more."),
        box.log.subList(1, box.log.size()));
    assertEquals(List.of("told"), box.files());
  }

  @Test
  void withoutAnImageThereIsNone() throws Exception {
    box.says(null);
    box.look(2);
    assertEquals(Kind.NONE, kind());
    assertTrue(refusal(0, FILE.length, FILE).contains("was not made from an image"));
    box.says("something new");
    assertEquals(Kind.NONE, kind());
    assertEquals(List.of(), box.files());
    assertThrows(IOException.class, () -> box.desk().tryUpdate("owner"));
    assertEquals(List.of(), box.asked);
  }

  @Test
  void oneAtATime() throws Exception {
    for (String line : List.of("writing 5 0.2.0", "trying 0.2.0")) {
      box.says(line);
      assertTrue(refusal(0, FILE.length, FILE).contains("already"));
      assertThrows(IOException.class, () -> box.desk().tryUpdate("owner"));
      assertThrows(IOException.class, () -> box.desk().tryTonight(true, "owner"));
    }
    assertEquals(List.of(), box.asked);
  }

  @Test
  void aPartMayComeTwiceAndNoneMayBeLeftOut() throws Exception {
    byte[] first = Arrays.copyOf(FILE, 20_000);
    byte[] second = Arrays.copyOfRange(FILE, 20_000, 40_000);
    byte[] rest = Arrays.copyOfRange(FILE, 40_000, FILE.length);
    UpdateDesk desk = box.desk();
    assertTrue(refusal(20_000, FILE.length, second).contains("one after the other"));
    desk.giveUpdate(0, FILE.length, first, "owner");
    assertTrue(refusal(40_000, FILE.length, rest).contains("one after the other"));
    assertTrue(refusal(20_000, FILE.length + 1, second).contains("one after the other"));
    assertTrue(refusal(-1, FILE.length, second).contains("one after the other"));
    assertTrue(refusal(FILE.length - 1, FILE.length, second).contains("one after the other"));
    desk.giveUpdate(20_000, FILE.length, second, "owner");
    desk.giveUpdate(20_000, FILE.length, second, "owner");
    assertNull(box.given);
    desk.giveUpdate(40_000, FILE.length, rest, "owner");
    assertArrayEquals(FILE, box.given);
  }

  @Test
  void aWrongFileIsRefusedAtItsBeginning() throws Exception {
    assertTrue(refusal(0, 3, new byte[3]).contains("is no new version of Noren"));
    assertTrue(refusal(0, 0, new byte[0]).contains("is no new version of Noren"));
    byte[] start = Arrays.copyOf(FILE, 8_000);
    assertTrue(refusal(0, FILE.length - 1, start).contains("is not whole"));
    assertTrue(refusal(0, (200L << 20) + 1, start).contains("more than 200 MB"));
    assertEquals(List.of(), box.files());
    assertEquals(List.of(), box.log);
  }

  @Test
  void aHalfFileDoesNotStay() throws Exception {
    byte[] start = Arrays.copyOf(FILE, 20_000);
    box.desk().giveUpdate(0, FILE.length, start, "owner");
    assertEquals(List.of("image.half"), box.files());
    box.look(299);
    assertEquals(List.of("image.half"), box.files());
    box.look(1);
    assertEquals(List.of(), box.files());
    box.desk().giveUpdate(0, FILE.length, start, "owner");
    box.start();
    assertEquals(List.of(), box.files(), "nor over a restart");
    assertTrue(refusal(20_000, FILE.length, start).contains("one after the other"));
  }

  @Test
  void whoCantInstallSaysSo() throws Exception {
    box.failure = new IOException("noren-helper does not run");
    byte[] whole = FILE;
    assertEquals(
        "The new version is not written: noren-helper does not run; restart the box and send the"
            + " file once more",
        refusal(0, FILE.length, whole));
    assertEquals(List.of(), box.files());
    assertEquals(Kind.IDLE, kind());
    box.says("ready 0.2.0");
    assertTrue(
        assertThrows(IOException.class, () -> box.desk().tryUpdate("owner"))
            .getMessage()
            .contains("noren-helper does not run"));
    assertEquals(
        List.of(
            "owner: gave the box the new version 0.2.0",
            "owner: no new version was taken: noren-helper does not run",
            "owner: restarts the machine with the new version 0.2.0",
            "owner: could not restart with the new version: noren-helper does not run"),
        box.log);
  }

  @Test
  void atNightItBeginsByItself() throws Exception {
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
      box.says("ready 0.2.0");
      box.now = Instant.parse("2026-11-29T18:30:00Z");
      box.look(2);
      assertEquals(List.of(), box.asked, "nobody has asked for it");
      box.now = Instant.parse("2026-11-29T12:00:00Z");
      box.desk().tryTonight(true, "owner");
      assertTrue(box.desk().update().tonight());
      box.look(2);
      box.desk().tryTonight(false, "owner");
      assertFalse(box.desk().update().tonight());
      box.desk().tryTonight(true, "owner");
      box.start();
      assertTrue(box.desk().update().tonight(), "also over a restart");
      box.now = Instant.parse("2026-11-29T17:59:59Z");
      box.look(2);
      box.clockIsKept = false;
      box.now = Instant.parse("2026-11-29T18:00:00Z");
      box.look(2);
      assertEquals(List.of(), box.asked, "the clock may be wrong");
      box.clockIsKept = true;
      box.look(2);
      box.look(2);
      assertEquals(List.of("update try"), box.asked, "once");
      assertFalse(box.desk().update().tonight());
    } finally {
      TimeZone.setDefault(before);
    }
  }

  /** Another version than the one that was to begin. */
  @Test
  void anotherVersionDoesNotBeginAtNight() throws Exception {
    box.says("ready 0.2.0");
    box.desk().tryTonight(true, "owner");
    box.says("ready 0.3.0");
    box.now = Instant.now();
    assertFalse(box.desk().update().tonight());
    box.says("ready 0.2.0");
    box.give(FILE, FILE.length);
    box.says("writing 1 0.2.0");
    box.says("ready 0.2.0");
    assertFalse(box.desk().update().tonight(), "it was given anew");
  }

  @Test
  void aNewBoxKnowsNothingOfIt() throws Exception {
    box.give(Arrays.copyOf(FILE, FILE.length), 30_000);
    box.says("ready 0.2.0");
    box.desk().tryTonight(true, "owner");
    box.look(2);
    assertEquals(List.of("told", "tonight"), box.files());
    Files.writeString(box.folder().resolve("image.half"), "half");
    FactoryReset.ask(state);
    FactoryReset.finish(state);
    assertFalse(Files.exists(box.folder()));
    assertTrue(Files.exists(state.resolve("helper/update")), "it is the helper's");
  }
}
