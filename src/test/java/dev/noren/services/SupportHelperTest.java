package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noren.street.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real helper and the real kit; the card is a folder, and mounting it is made up. */
class SupportHelperTest {
  private static final Path HELPER =
      Path.of("rootfs-overlay/usr/sbin/noren-helper").toAbsolutePath();
  private static final int MOST_BYTES = 1_500_000;
  private static final String MOUNTED = "mount -t vfat -o rw,nosuid,nodev,noexec,";

  @TempDir private Path folder;
  private final CommandRunner commands = new CommandRunner();
  private Path state;
  private Path card;
  private Path file;
  private String slot = "noren.slot=a";
  private Process helper;

  @AfterEach
  void end() throws Exception {
    if (helper != null) {
      List<ProcessHandle> children = helper.descendants().toList();
      helper.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\necho \"" + name + " $*\" >>" + log() + "\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private Path log() {
    return folder.resolve("log");
  }

  private void start(String shell) throws Exception {
    state = Files.createDirectories(folder.resolve("state"));
    card = Files.createDirectories(folder.resolve("card"));
    file = Files.createDirectories(state.resolve("support")).resolve("file");
    Files.createDirectories(folder.resolve("run"));
    Files.createFile(log());
    program("mount", "");
    program("umount", "");
    List<String> command = new ArrayList<>(List.of(shell.split(" ", -1)));
    assumeTrue(commands.find(command.getFirst()).isPresent(), "there is no " + shell);
    command.addAll(List.of(HELPER.toString(), state.toString(), commands.run("id", "-gn").strip()));
    command.add(folder + "/bin");
    Path words = Files.writeString(folder.resolve("cmdline"), "quiet " + slot + "\n");
    Map<String, String> places =
        Map.of(
            "NOREN_CMDLINE", words.toString(),
            "NOREN_DISK", Files.createFile(folder.resolve("disk")).toString(),
            "NOREN_OWN", folder.resolve("own").toString(),
            "NOREN_BOOT", card.toString(),
            "NOREN_RUN", folder.resolve("run").toString(),
            "NOREN_CARD", "/dev/card1");
    helper = commands.start(command, folder, places, line -> {});
    Wait.until("the helper", () -> Files.exists(state.resolve("helper/requests")));
  }

  private void ask(String request) throws IOException {
    RootHelper.in(state).ask(request, 60_000);
  }

  private String refused(String request) {
    return assertThrows(IOException.class, () -> ask(request)).getMessage();
  }

  private List<String> onCard() throws IOException {
    try (var files = Files.list(card)) {
      return files.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox ash"})
  void theFileIsOnTheCard(String shell) throws Exception {
    start(shell);
    Files.writeString(file, "\uFEFFサポート\r\n");
    ask("support");
    assertEquals(List.of("noren-support.txt"), onCard());
    assertEquals("\uFEFFサポート\r\n", Files.readString(card.resolve("noren-support.txt")));
    List<String> calls = Files.readAllLines(log());
    assertEquals(2, calls.size(), calls.toString());
    assertTrue(
        calls.get(0).contains(MOUNTED) && calls.get(0).contains("/dev/card1"), calls::toString);
    assertEquals("umount " + card, calls.get(1), "for that alone");
    Files.writeString(file, "another");
    ask("support");
    assertEquals("another", Files.readString(card.resolve("noren-support.txt")));
    assertFalse(Files.exists(state.resolve("helper/support")), "nothing is left of it");
    assertTrue(refused("support me").contains("takes no argument"));
  }

  /** It has names in it: who gets the box next is not to have them. */
  @Test
  void whatIsForgottenIsNotOnTheCardEither() throws Exception {
    start("dash");
    ask("forget");
    Files.writeString(file, "text");
    ask("support");
    Files.writeString(card.resolve("README.txt"), "stays");
    ask("forget");
    assertEquals(List.of("README.txt"), onCard());
    Files.writeString(log(), "");
    program("mount", "exit 1");
    assertTrue(refused("forget").contains("the support file on the card can't be deleted"));
  }

  /** Another machine's first partition is none of ours. */
  @Test
  void aMachineThatIsNoImageHasNoCard() throws Exception {
    slot = "root=/dev/vda1";
    start("dash");
    Files.writeString(file, "text");
    assertTrue(refused("support").contains("this machine has no slots"));
    ask("forget");
    assertEquals(List.of(), Files.readAllLines(log()));
  }

  @Test
  void nothingElseGetsThere() throws Exception {
    start("dash");
    String none = "there is no support file of the router's own";
    assertTrue(refused("support").contains(none));
    Path secret = Files.writeString(folder.resolve("secret"), "root's");
    Files.createSymbolicLink(file, secret);
    assertTrue(refused("support").contains(none), "a link");
    Files.delete(file);
    commands.run("mkfifo", file.toString());
    assertTrue(refused("support").contains(none), "a pipe");
    Files.delete(file);
    Files.createDirectory(file);
    assertTrue(refused("support").contains(none), "a folder");
    Files.delete(file);
    Files.write(file, new byte[MOST_BYTES + 1]);
    assertTrue(refused("support").contains("larger than"));
    Files.write(file, new byte[MOST_BYTES]);
    ask("support");
    assertEquals(MOST_BYTES, Files.size(card.resolve("noren-support.txt")));
    Files.delete(card.resolve("noren-support.txt"));

    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "no root");
    commands.run("chown", "4711", file.toString());
    assertTrue(refused("support").contains(none), "somebody else's");
    assertEquals(List.of(), onCard());
  }

  @Test
  void aCardThatIsFullOrGoneIsTold() throws Exception {
    start("dash");
    Files.writeString(file, "text");
    program("cp", "exit 1");
    assertTrue(refused("support").contains("failed: the card can't be written"));
    assertEquals(List.of(), onCard());
    Files.delete(folder.resolve("bin/cp"));
    program("umount", "exit 1");
    assertTrue(refused("support").contains("failed: the card can't be written"), "not on it yet");
    program("umount", "");
    program("mount", "exit 1");
    assertTrue(refused("support").contains("failed: the card can't be written"));
    program("mount", "");
    ask("support");
  }
}
