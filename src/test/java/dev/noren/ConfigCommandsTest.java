package dev.noren;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.cli.Exit;
import dev.noren.cli.Terminal;
import dev.noren.config.Documents;
import dev.noren.protocol.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code noren config} from the command line to the state folder. */
class ConfigCommandsTest {
  private static final String CONF =
      """
      [Interface]
      PrivateKey = gI6EdUSYvn8ugXOt8QQD6Yc+JyiZxIhp3GInSWRfWGE=
      Address = 10.7.0.2/32
      PostUp = a
      [Peer]
      PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
      AllowedIPs = 10.77.0.0/16
      """;

  @TempDir Path folder;
  private Path state;
  private final Terminal terminal = new Terminal();
  private String out;
  private String err;

  @BeforeEach
  void lockTheFolder() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    state = folder.resolve("state");
    terminal.now = Instant.EPOCH;
    by("akira");
  }

  private void by(String user) {
    terminal.environment.putAll(
        Map.of("SUDO_USER", user, "SSH_CONNECTION", "192.0.2.9 5000 192.0.2.1 22"));
  }

  private int noren(String... args) {
    int code = terminal.run(new NorenHost(Limits.WHITEPAPER), args);
    out = terminal.out;
    err = terminal.err;
    return code;
  }

  private int config(String command, String... args) {
    String[] all = new String[args.length + 4];
    all[0] = "config";
    all[1] = command;
    System.arraycopy(args, 0, all, 2, args.length);
    all[args.length + 2] = "--state";
    all[args.length + 3] = state.toString();
    return noren(all);
  }

  private String file(String name, String text) throws IOException {
    Path path = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    return path.toString();
  }

  @Test
  void checkSaysAllThatIsWrong() throws Exception {
    String good = file("good.json", Documents.FULL);
    assertEquals(Exit.DONE, noren("config", "check", good));
    assertEquals(good + " is good: 2 tunnels\n", out);
    assertEquals(Exit.FAILED, noren("config", "check", "/hq.conf"));
    assertEquals("noren: /hq.conf is a wg-quick file: noren check looks at those.\n", err);
    String bad = file("bad.json", Documents.changed("name = 7 ; log.keepDays = 0"));
    assertEquals(Exit.FAILED, noren("config", "check", bad));
    assertEquals(
        bad
            + ", name: is a number: give text in double quotes.\n"
            + bad
            + ", log.keepDays: 0 is not a whole number from 1 to 3650.\n",
        err);
  }

  @Test
  void aNewBoxShowsWhatItIs() {
    assertEquals(Exit.DONE, config("show"));
    assertTrue(out.startsWith("{\n  \"schema\": 1,\n  \"name\": \"noren\",\n"), out);
    assertEquals("Nothing was saved yet: this is what a new box has.\n", err);
    assertEquals(Exit.DONE, config("history"));
    assertEquals("Nothing was saved yet.\n", err);
    assertFalse(Files.exists(state), "looking makes nothing");
  }

  @Test
  void aBackupGoesInAndComesOutTheSame() throws Exception {
    assertEquals(Exit.DONE, config("import", file("backup.json", Documents.FULL)), err);
    assertTrue(out.startsWith("Saved as number 1: import of backup.json: name, role, "), out);
    assertEquals(Exit.DONE, config("export"));
    assertEquals(Documents.FULL, out);
    assertEquals(Exit.DONE, config("show", "--secrets"));
    assertEquals(Documents.FULL, out);
    assertEquals(Exit.DONE, config("show"));
    assertFalse(out.contains("yAnz5TF") || out.contains("horse"), out);
    assertEquals(Exit.FAILED, config("import", file("shown.json", out)));
    assertTrue(err.contains("take a backup or an export, which has the secrets"), err);
    assertEquals(Exit.DONE, config("import", folder.resolve("backup.json").toString()));
    assertEquals("Nothing changes: number 1 stays in force\n", out);
  }

  /** As where an init or cron runs it. */
  @Test
  void withoutAUserInTheEnvironmentTheSystemsNameOfItIsTaken() throws Exception {
    terminal.environment.clear();
    terminal.environment.put("USER", "");
    config("import", file("backup.json", Documents.FULL));
    config("history");
    assertTrue(out.matches("1  [0-9T:-]+Z  root, command line  .*\n"), out);
  }

  @Test
  void theHistoryStandsInColumns() throws Exception {
    config("import", file("backup.json", Documents.FULL));
    by("bo");
    for (int i = 2; i <= 10; i++) {
      config("set", "log.keepDays", Integer.toString(i));
    }
    config("history");
    List<String> lines =
        out.lines().map(line -> line.replaceAll("[0-9-]+T[0-9:]+Z", "TIME")).toList();
    assertEquals("10  TIME  bo, ssh from 192.0.2.9     log.keepDays", lines.getFirst());
    assertEquals(" 2  TIME  bo, ssh from 192.0.2.9     log.keepDays", lines.get(8));
    assertTrue(
        lines.get(9).startsWith(" 1  TIME  akira, ssh from 192.0.2.9  import of "), lines.get(9));
  }

  @Test
  void setHistoryAndRollback() throws Exception {
    config("import", file("backup.json", Documents.FULL));
    assertEquals(Exit.DONE, config("set", "lan.dhcp.on", "false"));
    assertEquals("Saved as number 2: lan.dhcp.on\n", out);
    terminal.input = "sesame\n";
    assertEquals(Exit.DONE, config("set", "wan[1].password", "-"));
    assertEquals(Exit.FAILED, config("set", "tunnels[0].mtu", "12"));
    assertEquals(
        "the configuration, tunnels[0].mtu: 12 is not a whole number from 68 to 65455.\n", err);
    assertEquals(Exit.DONE, config("history"));
    List<String> lines = out.lines().toList();
    assertEquals(3, lines.size());
    assertTrue(
        lines.getFirst().matches("3  [0-9T:-]+Z  akira, ssh from 192.0.2.9  wan\\[1\\].password"),
        lines.getFirst());
    assertEquals(Exit.DONE, config("history", "2"));
    assertEquals("lan.dhcp.on: true → false", out.lines().toList().get(1));
    config("history", "3");
    assertFalse(out.contains("sesame"), out);
    assertEquals(Exit.DONE, config("rollback", "1"));
    assertEquals("Saved as number 4: rollback to 1: wan[1].password, lan.dhcp.on\n", out);
    config("export");
    assertEquals(Documents.FULL, out);
    assertEquals(Exit.FAILED, config("rollback", "9"));
    assertEquals("noren: there is no number 9 to go back to: only the last 20 are kept.\n", err);
    assertEquals(Exit.FAILED, config("history", "9"));
    assertEquals(
        "noren: there is no number 9: noren config history lists those that are kept.\n", err);
  }

  @Test
  void tunnelsComeInAndGoOutAsWgQuickFiles() throws Exception {
    assertEquals(Exit.DONE, config("import", file("branch.conf", CONF)), err);
    assertEquals(
        "branch.conf: PostUp was not taken: the router runs no commands of others and chooses"
            + " routes and marks by itself.\n",
        err);
    assertEquals("Saved as number 1: import of branch.conf: tunnels[0] (branch)\n", out);
    assertEquals(Exit.DONE, config("export", "branch"));
    assertEquals(CONF.replace("PostUp = a\n", "\n"), out);
    assertEquals(Exit.FAILED, config("export", "hq"));
    assertEquals("noren: there is no tunnel hq: there are branch.\n", err);
  }

  @Test
  void aDamagedDocumentIsSpokenOf() throws Exception {
    config("import", file("backup.json", Documents.FULL));
    config("set", "name", "shop-2");
    Files.writeString(state.resolve("config/config-2.json"), "");
    assertEquals(Exit.DONE, config("show"));
    assertTrue(err.startsWith("config-2.json: is damaged: its checksum is wrong (written "), err);
    assertTrue(err.contains("): number 1 of "), err);
    Files.writeString(state.resolve("config/config-1.json"), "");
    assertEquals(Exit.FAILED, config("set", "name", "shop-3"));
    assertTrue(err.contains("can be used"), err);
    assertEquals(Exit.DONE, config("import", folder.resolve("backup.json").toString()));
    assertEquals("Saved as number 3: import of backup.json\n", out);
  }

  @Test
  void withoutACommandItSaysHowItIsUsed() {
    assertEquals(Exit.USAGE, noren("config"));
    assertTrue(err.contains("rollback"), err);
    assertEquals(Exit.USAGE, noren("config", "frobnicate"));
    assertEquals(Exit.DONE, noren("config", "set", "--help"));
    assertTrue(out.contains("PATH VALUE"), out);
  }
}
