package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private static final String KEY = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
  private static final String GOOD =
      "[Interface]\nPrivateKey = "
          + KEY
          + "\n[Peer]\nPublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=\n";

  private final Shell shell = new Shell();

  @TempDir private Path folder;

  @BeforeEach
  void lockTheFolder() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  private String file(String name, String text) throws IOException {
    Path path = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    return path.toString();
  }

  @Test
  void upAsksTheHost() throws IOException {
    String file = file("hq.conf", GOOD);
    shell.environment.put("LOG_LEVEL", "debug");
    assertEquals(Exit.DONE, shell.run("up", file, "-d", "--state", "/s"));
    UpRequest request = (UpRequest) shell.host.asked.getFirst();
    assertEquals("hq", request.name().text());
    assertEquals(Path.of(file), request.file());
    assertEquals(1, request.config().peers().size());
    assertTrue(request.detach());
    assertEquals(Path.of("/s"), request.stateFolder());
    assertEquals(LogLevel.DEBUG, request.logLevel());
    assertEquals("", shell.err);
  }

  @Test
  void upStaysInFrontAndHasAStateFolder() throws IOException {
    shell.run("up", file("hq.conf", GOOD));
    UpRequest request = (UpRequest) shell.host.asked.getFirst();
    assertFalse(request.detach());
    assertEquals(Path.of("/var/lib/noren"), request.stateFolder());
  }

  @Test
  void aNameIsLookedUpInOrder() throws IOException {
    Path first = Files.createDirectory(folder.resolve("noren"));
    Path second = Files.createDirectory(folder.resolve("wireguard"));
    shell.configFolders = List.of(first, second);
    Files.writeString(second.resolve("hq.conf"), GOOD);
    assertEquals(Exit.DONE, shell.run("up", "hq"));
    Files.writeString(first.resolve("hq.conf"), GOOD);
    assertEquals(Exit.DONE, shell.run("up", "hq"));
    assertEquals(second.resolve("hq.conf"), ((UpRequest) shell.host.asked.get(0)).file());
    assertEquals(first.resolve("hq.conf"), ((UpRequest) shell.host.asked.get(1)).file());
    assertEquals(Exit.FAILED, shell.run("up", "branch"));
    assertEquals("noren: there is no branch.conf in " + first + " or " + second + ".\n", shell.err);
  }

  @Test
  void upRefusesHooksUnlessAllowed() throws IOException {
    String file = file("hq.conf", GOOD.replace("[Peer]", "PostUp = a\nPreUp = b\n[Peer]"));
    assertEquals(Exit.FAILED, shell.run("up", file));
    assertEquals(
        "noren: "
            + file
            + " has PreUp, PostUp: these are commands that would run as root; --allow-hooks lets"
            + " them.\n",
        shell.err);
    assertEquals(List.of(), shell.host.asked);
    assertEquals(Exit.DONE, shell.run("up", "--allow-hooks", file));
    assertEquals(1, shell.host.asked.size());
  }

  @Test
  void aBadFileIsNotBroughtUp() throws IOException {
    String file = file("hq.conf", GOOD + "Endpoint = x\nAllowedIps = y\n");
    for (String command : List.of("up", "check")) {
      assertEquals(Exit.FAILED, shell.run(command, file));
      assertEquals(
          file
              + ", line 5, Endpoint: \"x\" has no port, as in hq.example.com:51820.\n"
              + file
              + ", line 6, AllowedIPs: \"y\" is not an address with a prefix length, as in"
              + " 10.0.0.1/24.\n",
          shell.err);
      assertEquals("", shell.out);
    }
    assertEquals(List.of(), shell.host.asked);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nowhere.conf|nowhere.conf does not exist",
        "a/b|a/b: the file's name must be an interface's name (15 characters at most) and .conf",
        "white space|\"white space\" is not an interface's name: 1 to 15 letters, digits and _ ="
            + " + . - are",
      })
  void saysWhatFileIsMissing(String file, String sentence) {
    assertEquals(Exit.FAILED, shell.run("up", file));
    assertEquals("noren: " + sentence + ".\n", shell.err);
  }

  @Test
  void aFolderIsNoFile() throws IOException {
    Path sub = Files.createDirectory(folder.resolve("hq.conf"));
    assertEquals(Exit.FAILED, shell.run("check", sub.toString()));
    assertEquals("noren: " + sub + " can't be read: Is a directory.\n", shell.err);
  }

  @Test
  void warnsOfAFileThatOthersCanRead() throws IOException {
    String file = file("hq.conf", GOOD);
    Files.setPosixFilePermissions(Path.of(file), PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals(Exit.DONE, shell.run("check", file));
    assertEquals("", shell.err, "the folder keeps others out");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertEquals(Exit.DONE, shell.run("check", file));
    assertEquals(
        file + ": everybody can read the keys in it; chmod 600 " + file + " ends that.\n",
        shell.err);
  }

  @Test
  void checkSaysWhatItSaw() throws IOException {
    String file = file("hq.conf", GOOD.replace("[Peer]", "PostUp = a\nSaveConfig=true\n[Peer]"));
    assertEquals(Exit.DONE, shell.run("check", file));
    assertEquals(
        file + " is good: interface hq, 1 peer, hooks that need --allow-hooks\n", shell.out);
    assertEquals(file + ": SaveConfig is not followed: the file stays as it is.\n", shell.err);
  }

  @Test
  void downAsksTheHost() {
    shell.host.code = 1;
    assertEquals(1, shell.run("down", "hq"));
    assertEquals(1, shell.run("down", "/etc/wireguard/hq.conf", "--state=/s"));
    assertEquals(List.of("down hq /var/lib/noren", "down hq /s"), shell.host.asked);
  }

  @Test
  void keysComeOutInBase64() {
    assertEquals(Exit.DONE, shell.run("genkey"));
    String key = shell.out.strip();
    assertEquals(key, PrivateKey.parseBase64(key).toBase64(), "clamped");
    shell.input = "  " + key + "\n";
    assertEquals(Exit.DONE, shell.run("pubkey"));
    assertEquals(PrivateKey.parseBase64(key).publicKey() + "\n", shell.out);
    shell.run("genpsk");
    String one = shell.out;
    assertEquals(45, one.length());
    shell.run("genpsk");
    assertFalse(one.equals(shell.out));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short=", KEY + KEY, KEY + "x"})
  void pubkeyRefusesOthersWithoutShowingThem(String input) {
    shell.input = input;
    assertEquals(Exit.FAILED, shell.run("pubkey"));
    assertEquals("", shell.out);
    assertEquals(
        "noren: standard input is not a private key: 32 bytes in base64 (44 characters ending in"
            + " =).\n",
        shell.err);
  }

  @ParameterizedTest
  @CsvSource({"genkey, rw-r-----, false", "genkey, rw----r--, true", "genpsk, rw-----w-, true"})
  void warnsBeforeASecretGoesToAnOpenFile(String command, String mode, boolean warns)
      throws IOException {
    shell.outFile = Path.of(file("key", ""));
    Files.setPosixFilePermissions(shell.outFile, PosixFilePermissions.fromString(mode));
    assertEquals(Exit.DONE, shell.run(command));
    String warning =
        """
        Warning: writing to world accessible file.
        Consider setting the umask to 077 and trying again.
        """;
    assertEquals(warns ? warning : "", shell.err);
  }

  @Test
  void versionAndHelp() {
    assertEquals(Exit.DONE, shell.run("--version"));
    assertTrue(shell.out.startsWith("noren "), shell.out);
    assertEquals(Exit.DONE, shell.run("--help"));
    for (String command : Cli.commands()) {
      assertTrue(shell.out.contains("\n  " + command + " "), command + " in " + shell.out);
    }
    for (String command : Cli.commands()) {
      assertEquals(Exit.DONE, shell.run(command, "--help"), command);
      assertTrue(shell.out.contains("Usage: noren " + command), shell.out);
    }
    assertEquals(Exit.DONE, shell.run("help", "up"));
    assertTrue(shell.out.startsWith("Usage: noren up"), shell.out);
  }

  @Test
  void nothingIsWrongUsage() {
    assertEquals(Exit.USAGE, shell.run());
    assertTrue(shell.err.startsWith("Usage: noren COMMAND"), shell.err);
    assertEquals("", shell.out);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nonsense|Unknown option: '--nonsense'|noren",
        "up|Missing required parameter:|noren up",
        "up hq --stat x|Unknown option: '--stat'|noren up",
        "genkey now|One argument too many: 'now'|noren genkey",
        "config frob|frob is no command|noren config",
        "help frob|frob is no command|noren",
        "config history x|NUMBER can't be x|noren config history",
        "config rollback 99999999999|NUMBER can't be 99999999999|noren config rollback",
      })
  void wrongUsageIsSaidShortly(String line, String message, String command) {
    assertEquals(Exit.USAGE, shell.run(line.split(" ")));
    assertEquals(2, shell.err.lines().count(), shell.err);
    assertTrue(shell.err.startsWith("noren: " + message), shell.err);
    assertTrue(shell.err.contains("\nTry " + command + " --help."), shell.err);
  }
}
