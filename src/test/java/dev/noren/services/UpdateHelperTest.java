package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noren.street.Wait;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real helper with a disk that is a file: what becomes of update files, good and bad ones. */
class UpdateHelperTest {
  private static final Path HELPER =
      Path.of("rootfs-overlay/usr/sbin/noren-helper").toAbsolutePath();
  private static final Path MAKER = Path.of("src/build/image/update.sh").toAbsolutePath();
  private static final Path KEY = Path.of("src/build/image/key.sh").toAbsolutePath();
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int BLOCK_BYTES = 4096;
  private static final long BOOT_AT = 128L << 20;
  private static final long OWN_TIME = 1_800_000_000;

  @TempDir private Path folder;
  private final CommandRunner commands = new CommandRunner();
  private Path state;
  private Path disk;
  private Path slot;
  private Path file;
  private Process helper;
  private final byte[] root = new byte[9 * BLOCK_BYTES];
  private final byte[] boot = new byte[5 * BLOCK_BYTES];

  @BeforeEach
  void make() throws Exception {
    assumeTrue(commands.find("signify-openbsd").isPresent(), "there is no signify-openbsd");
    state = Files.createDirectory(folder.resolve("state"));
    file = Files.createDirectory(state.resolve("update")).resolve("image");
    disk = folder.resolve("disk");
    slot = Files.createFile(folder.resolve("slot"));
    try (RandomAccessFile made = new RandomAccessFile(disk.toFile(), "rw")) {
      made.setLength(4L << 20);
    }
    Random random = new Random(8);
    random.nextBytes(root);
    random.nextBytes(boot);
    Files.write(folder.resolve("root"), root);
    Files.write(folder.resolve("boot"), boot);
    Files.writeString(folder.resolve("release"), "version 1.0\ntime " + OWN_TIME + "\n");
    for (String key : List.of("key", "other")) {
      commands.run(KEY.toString(), folder.resolve(key).toString());
    }
    Path reboot = Files.createDirectory(folder.resolve("bin")).resolve("reboot");
    Files.writeString(reboot, "#!/bin/sh\ntouch " + folder.resolve("restarted") + "\n");
    Files.setPosixFilePermissions(reboot, PosixFilePermissions.fromString("rwx------"));
  }

  @AfterEach
  void end() throws Exception {
    if (helper != null) {
      List<ProcessHandle> children = helper.descendants().toList();
      helper.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** Starts it as after a boot from a slot. */
  private void boot(String from) throws Exception {
    end();
    Path words = Files.writeString(folder.resolve("cmdline"), "quiet noren.slot=" + from + "\n");
    List<String> command = new ArrayList<>(List.of("dash", HELPER.toString(), state.toString()));
    command.addAll(List.of(commands.run("id", "-gn").strip(), folder + "/bin"));
    Map<String, String> places =
        Map.of(
            "NOREN_DISK", disk.toString(),
            "NOREN_SLOT", slot.toString(),
            "NOREN_CMDLINE", words.toString(),
            "NOREN_RELEASE", folder.resolve("release").toString(),
            "NOREN_UPDATE_KEY", folder.resolve("key/update.pub").toString(),
            "NOREN_BOARD", folder.resolve("board").toString(),
            "NOREN_GPIO", folder.resolve("gpio").toString(),
            "NOREN_OWN", folder.resolve("own").toString(),
            "NOREN_TRIAL", folder.resolve("trial").toString());
    Files.deleteIfExists(state.resolve("helper/requests"));
    helper = commands.start(command, folder, places, line -> {});
    Wait.until(
        "the helper", () -> Files.exists(state.resolve("helper/requests")) && said() != null);
  }

  private String said() {
    try {
      Path update = state.resolve("helper/update");
      return Files.exists(update) ? Files.readString(update).strip() : null;
    } catch (IOException e) {
      return null;
    }
  }

  private void awaitSaid(String what) {
    Wait.until(what, SOON, () -> what.equals(said()), () -> "it says " + said());
  }

  private void ask(String request) throws Exception {
    RootHelper.in(state).ask(request);
  }

  private String refused(String request) {
    return assertThrows(IOException.class, () -> ask(request)).getMessage();
  }

  private void sign(String key, String version, long seconds) throws Exception {
    commands.run(
        "env",
        "UPDATE_KEY=" + folder.resolve(key),
        MAKER.toString(),
        folder.resolve("root").toString(),
        folder.resolve("boot").toString(),
        version,
        Long.toString(seconds),
        file.toString());
  }

  /** As u-boot does it when it has a slot tried: it counts, and starts that one. */
  private void uBootCounts() throws Exception {
    String words = words();
    assertTrue(words.contains("try=b left=1 "), words);
    byte[] data =
        words.replace("left=1", "left=0").replace(' ', '\0').getBytes(StandardCharsets.US_ASCII);
    byte[] block = Arrays.copyOf(data, 508);
    CRC32 sum = new CRC32();
    sum.update(block);
    try (RandomAccessFile written = new RandomAccessFile(disk.toFile(), "rw")) {
      written.seek(1 << 20);
      written.writeInt(Integer.reverseBytes((int) sum.getValue()));
      written.write(block);
    }
  }

  /** The first copy of what u-boot reads. */
  private String words() throws IOException {
    byte[] all = Files.readAllBytes(disk);
    return new String(all, (1 << 20) + 4, 508, StandardCharsets.US_ASCII).replace('\0', ' ').strip()
        + " ";
  }

  private byte[] inSlot(long at, int length) throws IOException {
    byte[] read = new byte[length];
    try (RandomAccessFile from = new RandomAccessFile(slot.toFile(), "r")) {
      from.seek(at);
      from.readFully(read);
    }
    return read;
  }

  private void install() throws Exception {
    sign("key", "1.1", OWN_TIME + 1);
    ask("update install");
    awaitSaid("ready 1.1");
  }

  @Test
  void aGoodOneIsWrittenTriedOnceAndKept() throws Exception {
    boot("a");
    assertEquals("idle", said());
    assertTrue(refused("update try").contains("nothing to try"));
    install();
    assertArrayEquals(root, inSlot(0, root.length));
    assertArrayEquals(boot, inSlot(BOOT_AT, boot.length));
    assertTrue(words().startsWith("good=a try= left=0 ready=1.1 "), words());
    assertFalse(Files.exists(folder.resolve("restarted")), "only when it is asked for");
    boot("a");
    assertEquals("ready 1.1", said(), "also after a power cut");
    ask("update try");
    Wait.until("the restart", () -> Files.exists(folder.resolve("restarted")));

    uBootCounts();
    boot("b");
    assertEquals("trying 1.1", said());
    assertTrue(refused("update install").contains("not proved itself"));
    Process trial =
        commands.start(
            List.of("sh", "-c", "trap 'exit 0' USR1; trap '' TERM; while :; do sleep 0.1; done"),
            folder,
            Map.of(),
            line -> {});
    Files.writeString(folder.resolve("trial"), trial.pid() + "\n");
    ask("update commit");
    assertTrue(trial.waitFor(20, TimeUnit.SECONDS), "nobody watches the trial any more");
    assertEquals("idle", said());
    assertTrue(words().startsWith("good=b try= left=0 ready= "), words());
    assertTrue(refused("update commit").contains("nothing is being tried"));
  }

  @Test
  void oneThatDoesNotProveItselfIsToldAndNotTriedAgain() throws Exception {
    boot("a");
    install();
    ask("update try");
    uBootCounts();
    boot("a");
    assertEquals("returned 1.1", said());
    assertTrue(words().startsWith("good=a try= left=0 ready= back=1.1 "), words());
    assertTrue(refused("update try").contains("nothing to try"));
    boot("a");
    assertEquals("returned 1.1", said(), "until there is another");
    install();
  }

  @Test
  void whatIsWrongWithAFileIsNamedAndTheSlotIsNotMarked() throws Exception {
    boot("a");
    install();
    sign("other", "1.2", OWN_TIME + 2);
    fails("signature");
    sign("key", "0.9", OWN_TIME - 1);
    fails("older");
    sign("key", "1.2", OWN_TIME + 2);
    byte[] whole = Files.readAllBytes(file);
    whole[100]++;
    Files.write(file, whole);
    fails("signature");
    Files.writeString(file, "PK\3\4");
    fails("not-an-update");
    Files.delete(file);
    fails("not-an-update");
    Files.createSymbolicLink(file, Path.of("/dev/zero"));
    fails("not-an-update");
    Files.delete(file);
    commands.run("mkfifo", file.toString());
    fails("not-an-update");
    Files.delete(file);
    assertTrue(words().contains("ready=1.1 "), "what was there is whole still: " + words());

    whole[100]--;
    whole[BLOCK_BYTES + 20]++;
    Files.write(file, whole);
    fails("damaged");
    assertFalse(words().contains("ready=1"), words());
    assertArrayEquals(
        new byte[BLOCK_BYTES], inSlot(BOOT_AT, BLOCK_BYTES), "u-boot finds no kernel to start");
    whole[BLOCK_BYTES + 20]--;
    Files.write(file, Arrays.copyOf(whole, whole.length - BLOCK_BYTES));
    // What was there before would do, where it is the same.
    Files.write(slot, new byte[0]);
    fails("damaged");
  }

  private void fails(String why) throws Exception {
    ask("update install");
    awaitSaid("failed " + why);
  }

  /** As kernels write it: the newer count each chip's lines, the older those of all. */
  @ParameterizedTest
  @CsvSource({
    "16 GPIOs, 3, active-low, lo",
    "GPIOs 512-527, 515, active-low, lo",
    "16 GPIOs, 3, , hi"
  })
  void anOlderOneIsTakenWhileSomebodyPressesTheButton(
      String counted, int number, String flag, String pressed) throws Exception {
    Files.writeString(
        folder.resolve("board"),
        "form one\nbutton gpio pins-1 3 " + (flag == null ? "" : flag) + " pull-up\n");
    level(counted, number, pressed.equals("lo") ? "hi" : "lo", pressed);
    boot("a");
    sign("key", "0.9", OWN_TIME - 1);
    ask("update install");
    awaitSaid("older 0.9");
    assertTrue(refused("update install").contains("is being written"));
    level(counted, number, pressed, pressed.equals("lo") ? "hi" : "lo");
    awaitSaid("ready 0.9");
    assertArrayEquals(root, inSlot(0, root.length));
    assertArrayEquals(boot, inSlot(BOOT_AT, boot.length));
  }

  /** What the kernel says of the button's line, and of the same line of another chip. */
  private void level(String counted, int number, String button, String other) throws Exception {
    Files.writeString(
        folder.resolve("gpio.new"),
        """
        gpiochip0: %1$s, parent: platform/a.0, other-pins-1:
         gpio-%2$d   (                    |noren               ) in  %4$s IRQ ACTIVE LOW

        gpiochip1: %1$s, parent: platform/a.1, pins-1, can sleep:
         gpio-%5$d   (                    |lamp (1)            ) out %4$s
         gpio-%2$d   (                    |noren               ) in  %3$s IRQ ACTIVE LOW
        """
            .formatted(counted, number, button, other, number - 1));
    Files.move(folder.resolve("gpio.new"), folder.resolve("gpio"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The disk is full: nothing that is not on it is said to be. */
  @Test
  void whatCannotBeWrittenIsNotReady() throws Exception {
    boot("a");
    install();
    try (RandomAccessFile small = new RandomAccessFile(disk.toFile(), "rw")) {
      small.setLength(3L << 20);
    }
    Files.delete(disk);
    Files.createSymbolicLink(disk, Path.of("/dev/full"));
    sign("key", "1.2", OWN_TIME + 2);
    fails("card");
    assertTrue(refused("update try").contains("nothing to try"));
  }

  /** A cut while the first copy is written leaves it torn; the second is as before. */
  @Test
  void aTornCopyOfTheStateIsPassedOver() throws Exception {
    boot("a");
    install();
    try (RandomAccessFile torn = new RandomAccessFile(disk.toFile(), "rw")) {
      torn.seek((1 << 20) + 200);
      torn.writeInt(0x12345678);
    }
    boot("a");
    assertEquals("ready 1.1", said());
  }
}
