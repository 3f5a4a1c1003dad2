package dev.noren.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noren.protocol.handshake.Tai64n;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimestampMarkTest {
  private static final long NOW = 1_795_000_000_000_000_000L;

  @TempDir Path folder;

  private final AtomicLong clock = new AtomicLong(NOW);

  private TimestampMark start() {
    return new TimestampMark(folder, clock::get);
  }

  private static void assertNewer(byte[] later, byte[] earlier) {
    assertTrue(Tai64n.compare(later, 0, earlier, 0) > 0);
  }

  @Test
  void followsTheClock() {
    TimestampMark mark = start();
    byte[] first = mark.next();
    assertEquals(NOW, Tai64n.toUnixNs(first, 0));
    clock.addAndGet(TimeUnit.MINUTES.toNanos(2));
    assertEquals(clock.get(), Tai64n.toUnixNs(mark.next(), 0));
  }

  @Test
  void nobodyElseCanTakeTheLockAndSoHoldUpHandshakes() throws IOException {
    Path state = folder.resolve("state");
    new TimestampMark(state, clock::get).next();
    assertEquals("rwx------", permissions(state));
    assertEquals("rw-------", permissions(state.resolve("tai64n.lock")));
  }

  @Test
  void aLockFileThatOthersCouldReadIsClosedToThem() throws IOException {
    Path lock = Files.createFile(folder.resolve("tai64n.lock"));
    Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-r--r--"));
    start().next();
    assertEquals("rw-------", permissions(lock));
  }

  /** Its owner could lead the lock's file, whose permissions are changed, to any file of ours. */
  @Test
  void nothingIsWrittenIntoAnothersFolder() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")));
    Path target = Files.createFile(folder.resolve("target"));
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
    Path state = Files.createDirectory(folder.resolve("state"));
    Files.createSymbolicLink(state.resolve("tai64n.lock"), target);
    Files.setAttribute(state, "unix:uid", 65_534);
    TimestampMark mark = new TimestampMark(state, clock::get);
    assertNewer(mark.next(), new byte[Tai64n.SIZE]);
    assertEquals("rw-r--r--", permissions(target));
    assertFalse(Files.exists(state.resolve("tai64n")));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void noTwoAreAlikeEvenWithinOneStep() {
    TimestampMark mark = start();
    byte[] before = mark.next();
    for (int i = 0; i < 1000; i++) {
      byte[] after = mark.next();
      assertNewer(after, before);
      before = after;
    }
  }

  @Test
  void aClockThatStepsBackWhileRunningIsIgnored() {
    TimestampMark mark = start();
    byte[] before = mark.next();
    clock.set(0);
    assertNewer(mark.next(), before);
    clock.set(-5);
    assertNewer(mark.next(), before);
  }

  @Test
  void aRestartWithAClockOf1970BeginsBeyondAllBefore() {
    TimestampMark mark = start();
    byte[] before = null;
    for (int i = 0; i < 50; i++) {
      clock.addAndGet(TimeUnit.MINUTES.toNanos(2));
      before = mark.next();
    }
    clock.set(TimeUnit.SECONDS.toNanos(40));
    for (int restart = 0; restart < 100; restart++) {
      TimestampMark again = start();
      for (int i = 0; i < 3; i++) {
        byte[] after = again.next();
        assertNewer(after, before);
        before = after;
      }
    }
  }

  @Test
  void manyRestartsDontRunAwayWithTheMark() {
    start().next();
    for (int restart = 0; restart < 1000; restart++) {
      start().next();
    }
    long ahead = Tai64n.toUnixNs(start().next(), 0) - NOW;
    assertTrue(
        ahead < TimestampMark.AHEAD_NS + 1001 * 65 * Tai64n.STEP_NS,
        "a second a restart, not a quarter of an hour: " + ahead);
  }

  @Test
  void theFileIsWrittenRarely() throws IOException {
    TimestampMark mark = start();
    mark.next();
    Path file = folder.resolve(TimestampMark.FILE);
    String written = Files.readString(file);
    for (int i = 0; i < 7; i++) {
      clock.addAndGet(TimeUnit.MINUTES.toNanos(2));
      mark.next();
    }
    assertEquals(written, Files.readString(file), "14 minutes of rekeying, no write");
    clock.addAndGet(TimeUnit.MINUTES.toNanos(2));
    mark.next();
    assertTrue(Long.parseLong(Files.readString(file).strip()) > clock.get());
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count(), "the mark and its lock, no temporary file");
    }
  }

  @Test
  void severalTunnelsShareTheMark() throws IOException {
    TimestampMark one = start();
    TimestampMark other = start();
    clock.addAndGet(TimeUnit.HOURS.toNanos(1));
    byte[] late = one.next();
    clock.addAndGet(-TimeUnit.MINUTES.toNanos(50));
    other.next();
    clock.set(0);
    assertNewer(start().next(), late);
  }

  @Test
  void aDamagedOrMissingFileIsNoReasonNotToStart() throws IOException {
    Files.writeString(folder.resolve(TimestampMark.FILE), "garbage");
    assertEquals(NOW, Tai64n.toUnixNs(start().next(), 0));
    assertTrue(Long.parseLong(Files.readString(folder.resolve(TimestampMark.FILE)).strip()) > NOW);
    Path file = Files.createFile(folder.resolve("file"));
    TimestampMark unwritable = new TimestampMark(file.resolve("below"), clock::get);
    assertNewer(unwritable.next(), new byte[Tai64n.SIZE]);
  }

  @Test
  void twoTunnelsOfOneProcessShareTheMark() throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      TimestampMark mark = start();
      Thread thread =
          new Thread(
              () -> {
                for (int k = 0; k < 100; k++) {
                  clock.addAndGet(2 * TimestampMark.AHEAD_NS);
                  mark.next();
                }
              });
      thread.setUncaughtExceptionHandler((t, error) -> failure.set(error));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertNull(failure.get());
    assertNewer(start().next(), first(clock.get()));
  }

  private static byte[] first(long unixNs) {
    byte[] timestamp = new byte[Tai64n.SIZE];
    Tai64n.write(unixNs, timestamp, 0);
    return timestamp;
  }
}
