package dev.noren;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.cli.Exit;
import dev.noren.cli.Terminal;
import dev.noren.config.TunnelConfig;
import dev.noren.config.WgQuickFile;
import dev.noren.crypto.PrivateKey;
import dev.noren.protocol.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code noren form}, {@code device}, {@code access}, {@code person} and {@code group}. */
class FormCommandsTest {
  private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");

  @TempDir Path folder;
  private Path state;
  private final Terminal terminal = new Terminal();
  private String out;
  private String err;

  @BeforeEach
  void lockTheFolder() throws IOException {
    terminal.now = NOW;
    terminal.environment.put("SUDO_USER", "akira");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    state = folder.resolve("state");
  }

  private int run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--state", state.toString()));
    int code = terminal.run(new NorenHost(Limits.WHITEPAPER), all.toArray(String[]::new));
    out = terminal.out;
    err = terminal.err;
    return code;
  }

  private void noren(String... args) {
    assertEquals(Exit.DONE, run(args), () -> err);
  }

  /** A form for staff, whose network is known. */
  private void staff() {
    noren("config", "set", "lan.address", "10.23.45.1/24");
    noren(
        "form",
        "add",
        "remote",
        "staff",
        "endpoint=vpn.example.com",
        "addresses=[\"10.8.0.1/24\"]");
  }

  private String found(String expression) {
    Matcher matcher = Pattern.compile(expression).matcher(out);
    assertTrue(matcher.find(), out);
    return matcher.group(1);
  }

  private String stored() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.walk(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  @Test
  void withoutFormsItSaysWhatToDo() {
    noren("form", "list");
    assertEquals("", out);
    assertEquals("There are no forms yet: noren form add makes one.\n", err);
    noren("device", "list");
    assertEquals("There are no devices yet: noren device add makes one.\n", err);
    noren("access", "list");
    assertEquals(
        "No rule lets anybody reach anything in the shop yet: noren access allow makes one.\n",
        err);
    assertFalse(Files.exists(state), "looking makes nothing");
  }

  @Test
  void fromTheFormToTheDevicesFile() throws Exception {
    noren("form", "add", "remote", "staff", "endpoint=vpn.example.com");
    assertEquals("Saved as number 1: forms[0] (remote)\n", out);
    noren("device", "add", "staff", "phone");
    TunnelConfig conf = WgQuickFile.parse("phone.conf", out);
    assertEquals("vpn.example.com:51820", conf.peers().getFirst().endpoint().toString());
    assertEquals(25, conf.peers().getFirst().persistentKeepaliveSeconds());
    assertTrue(conf.own().addresses().getFirst().toString().matches("10\\..*\\.2/32"), out);
    assertTrue(err.contains("No rule lets phone reach anything in the shop yet"), err);
    assertTrue(err.contains("Saved as number 2: forms[0].devices[0]"), err);
    String files = stored();
    assertFalse(files.contains(conf.own().privateKey().toBase64()), "it is kept nowhere");
    assertTrue(files.contains(conf.own().privateKey().publicKey().toBase64()));
    assertTrue(files.contains(conf.peers().getFirst().presharedKey().toBase64()));
    noren("config", "export");
    assertEquals(
        conf.peers().getFirst().publicKey(),
        PrivateKey.parseBase64(found("\"privateKey\": \"(.{44})\"")).publicKey());
  }

  @Test
  void listsAreTables() {
    staff();
    noren("device", "add", "staff", "phone");
    noren("form", "add", "vdi", "desks", "desk=office@10.23.45.60", "addresses=[\"10.9.0.1/24\"]");
    noren("form", "list");
    assertEquals(
        """
        NAME   KIND    WAY OF USE                                     HAS       STATE
        staff  remote  people from outside (remote access)            1 device  the router is not running
        desks  vdi     virtual desktops and nothing else (VDI entry)  -         the router is not running
        """,
        out);
    noren("device", "list", "staff");
    assertEquals(
        """
        DEVICE  FORM   PERSON  ADDRESS   LAST SEEN  LET IN UNTIL  NOTE
        phone   staff  -       10.8.0.2  never      -
        """,
        out);
    assertEquals(Exit.FAILED, run("device", "list", "stuff"));
    assertEquals("noren: there is no form \"stuff\": did you mean staff?\n", err);
  }

  @Test
  void aPersonReadsAForm() {
    staff();
    noren("group", "add", "night", "--sign-in");
    noren("person", "add", "ハル", "--group", "night");
    noren(
        "device",
        "add",
        "staff",
        "ハルの電話",
        "--person",
        "ハル",
        "--expires",
        "2027-03-31",
        "--public-key",
        "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=");
    assertFalse(out.contains("PrivateKey"), out);
    noren("access", "allow", "group:night", "10.23.45.0/24", "tcp/443", "icmp");
    noren("form", "show", "staff");
    assertEquals(
        """
        form: staff
          way of use: people from outside (remote access)
          addresses: 10.8.0.1/24
          listening port: 51820
          reached at: vpn.example.com:51820
          takes: what the shop has

        device: ハルの電話
          person: ハル
          it is: its person signs in each time
          addresses: 10.8.0.2
          public key: xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
          let in until: 2027-03-31
          last seen: never
          may reach: 10.23.45.0/24 at tcp/443, icmp (group:night to 10.23.45.0/24
            (tcp/443, icmp))
        """,
        out);
    noren("form", "show", "staff", "--json");
    assertTrue(out.contains("\"lastSeen\": null"), out);
    assertTrue(out.contains("\"wayOfUse\": \"people from outside (remote access)\""), out);
    assertFalse(out.contains("rivateKey") || out.contains("resharedKey"), out);
    noren("access", "list");
    assertEquals(
        """
        RULE                                          WHO          REACHES        AT
        group:night to 10.23.45.0/24 (tcp/443, icmp)  group:night  10.23.45.0/24  tcp/443, icmp

        PERSON  GROUPS  CODES
        ハル    night   -

        GROUP  SIGNS IN
        night  each time, for 8 hours
        """,
        out);
  }

  @Test
  void whoIsLostOrExpiredOrUnseenIsSeenInTheList() throws Exception {
    staff();
    for (String name : List.of("a", "b", "c", "d")) {
      noren(
          "device",
          "add",
          "staff",
          name,
          "--expires",
          name.equals("b") ? "2026-12-01" : "2028-01-01");
    }
    noren("device", "lost", "a");
    noren("config", "export");
    List<String> keys =
        Pattern.compile("\"publicKey\": \"(.{44})\"")
            .matcher(out)
            .results()
            .map(m -> m.group(1))
            .toList();
    Files.writeString(
        state.resolve("device-days"),
        """
        %s 2026-11-28 2026-11-28
        %s 2026-11-28 2026-12-31
        %s 2026-11-28 -
        """
            .formatted(keys.get(0), keys.get(2), keys.get(3)));
    terminal.now = Instant.parse("2027-02-27T08:00:00Z");
    noren("device", "list");
    assertEquals(
        """
        DEVICE  FORM   PERSON  ADDRESS   LAST SEEN   LET IN UNTIL  NOTE
        a       staff  -       10.8.0.2  2026-11-28  2028-01-01    lost: not let in
        b       staff  -       10.8.0.3  never       2026-12-01    expired: not let in
        c       staff  -       10.8.0.4  2026-12-31  2028-01-01
        d       staff  -       10.8.0.5  never       2028-01-01    unseen for 91 days: noren device remove takes it away
        """,
        out);
    noren("device", "remove", "d");
    noren("device", "add", "staff", "e");
    assertEquals("10.8.0.6/32", found("Address = (.*)"), "not d's");
  }

  @Test
  void aDeviceIsRenamedLimitedAndGivenAnotherLastDay() {
    staff();
    noren("device", "add", "staff", "phone");
    noren("access", "allow", "device:phone", "10.23.45.0/24");
    noren("device", "change", "phone", "--name", "till", "--expires", "2027-03-31");
    noren("device", "list");
    assertTrue(out.contains("till    staff  -       10.8.0.2  never      2027-03-31"), out);
    noren("device", "change", "till", "--reach", "10.23.45.9,10.23.45.7 tcp/443 icmp");
    assertFalse(err.contains("AllowedIPs"), err);
    noren("access", "list");
    assertTrue(out.contains(" device:till  10.23.45.9/32, 10.23.45.7/32  tcp/443, icmp"), out);
    assertFalse(out.contains("10.23.45.0/24"), out);
    noren("device", "change", "till", "--reach", "10.51.0.0/24", "--reach", "10.23.45.9 tcp/80");
    assertTrue(err.contains("does not have 10.51.0.0/24 in its AllowedIPs"), err);
    noren("device", "change", "till", "--reach", "", "--expires", "never");
    noren("access", "list");
    assertFalse(out.contains("till"), out);
    noren("device", "list");
    assertFalse(out.contains("2027"), out);
    noren("config", "history");
    assertTrue(out.contains("forms[0].devices[0].name"), out);
  }

  @Test
  void aFileIsForItsUserAloneAndNeverAnOld() throws Exception {
    staff();
    Path file = folder.resolve("phone.conf");
    noren("device", "add", "staff", "phone", "--file", file.toString());
    assertEquals("", out);
    assertTrue(Files.readString(file).startsWith("[Interface]\nPrivateKey = "));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(Exit.FAILED, run("device", "add", "staff", "b", "--file", file.toString()));
    assertEquals(
        "noren: " + file + " exists already: name another file.\n",
        err.lines().filter(line -> line.startsWith("noren")).findFirst().orElse("") + "\n");
    noren("device", "list");
    assertFalse(out.contains("\nb "), "nothing was saved");
    Path other = folder.resolve("other.conf");
    assertEquals(
        Exit.FAILED,
        run("device", "add", "staff", "phone", "--file", other.toString()),
        "the name is taken");
    assertFalse(Files.exists(other));
  }

  @Test
  void aQrCodeStandsForTheFile() {
    staff();
    noren("device", "add", "staff", "phone", "--qr");
    assertTrue(out.lines().count() > 30, out);
    assertTrue(out.lines().allMatch(line -> line.matches("[ \u2584\u2580\u2588]+")), out);
    assertFalse(err.contains("PrivateKey"), err);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "form remove x|there is no form \"x\": there are staff",
        "device add x y|there is no form \"x\": there are staff",
        "device change x --name y|there is no device \"x\"",
        "device lost x|there is no device \"x\"",
        "access remove x|there is no rule \"x\"",
        "person remove x|there is no person \"x\"",
        "group remove x|there is no group \"x\"",
      })
  void whatCannotBeDoneIsOneSentence(String line, String sentence) {
    staff();
    assertEquals(Exit.FAILED, run(line.split(" ")));
    assertEquals("noren: " + sentence + (sentence.endsWith("?") ? "\n" : ".\n"), err);
    assertEquals("", out);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "form add remot x|there is no form of the kind remot: did you mean remote?",
        "form add x y|there is no form of the kind x: there are site, remote, cloud, vdi, router",
        "device add staff b --outside|a device of outside staff has a last day: give it (expires)",
        "device add staff b --expires soon|soon is no day: give it as in 2027-03-31",
        "device add staff b --public-key x|--public-key is not a public key: 32 bytes in base64"
            + " (44 characters ending in =)",
        "device add staff b --expires 2026-11-27|2026-11-27 is over: give a day that is to come",
        "device change b|nothing is to be different: give --name, --expires or --reach",
        "device add staff b --qr --public-key x|an app that reads a QR code makes no key: leave"
            + " --qr or --public-key out",
      })
  void aWrongCommandLineIsOneSentence(String line, String sentence) {
    staff();
    assertEquals(Exit.USAGE, run(line.split(" ")));
    assertEquals(
        "noren: " + sentence + (sentence.endsWith("?") ? "" : "."),
        err.lines().toList().getFirst());
    assertEquals("", out);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "device add staff b --person x|forms[0].devices[0].person: \"x\" is no person of this",
        "access allow staff 10.0.0.1|access.rules[0].from[0]: \"staff\" says nobody",
        "access allow form:staff x|access.rules[0].to[0]: \"x\" is neither a subnet",
        "access allow form:staff 10.0.0.1 http|access.rules[0].services[0]: \"http\" is not a",
        "person add a --group x|access.people[0].groups[0]: \"x\" is no group of this document",
      })
  void whatADocumentRefusesIsSaidOfItsPlace(String line, String start) {
    staff();
    assertEquals(Exit.FAILED, run(line.split(" ")));
    assertTrue(err.startsWith("the configuration, " + start), err);
    assertEquals("", out);
  }

  @Test
  void whatGoesWithAFormIsSaid() {
    staff();
    noren("device", "add", "staff", "phone");
    noren("access", "allow", "device:phone,form:staff", "10.23.45.9", "--name", "x");
    noren("form", "remove", "staff");
    assertEquals(
        """
        The device "phone" goes with it.
        The rule "x" was for nobody else and goes too.
        """,
        err);
    noren("form", "list");
    assertEquals("", out);
  }

  @Test
  void withoutACommandTheUsageIsShown() {
    for (String group : List.of("form", "device", "access", "person", "group")) {
      assertEquals(Exit.USAGE, terminal.run(new NorenHost(Limits.WHITEPAPER), group));
      String usage = terminal.err;
      assertTrue(usage.startsWith("Usage: noren " + group + " "), usage);
      assertTrue(usage.contains("COMMAND"), usage);
    }
    assertNull(out);
  }
}
