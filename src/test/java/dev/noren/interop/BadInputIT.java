package dev.noren.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Host;
import dev.noren.street.Keys;
import dev.noren.street.Machine;
import dev.noren.street.Maker;
import dev.noren.street.Ran;
import dev.noren.street.Running;
import dev.noren.street.Street;
import dev.noren.street.TempFolder;
import dev.noren.street.Traces;
import dev.noren.street.WgEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't work: one sentence, exit code 1 (2 for wrong usage), and nothing left behind. */
class BadInputIT {
  private static final Path TUN_FILE = Path.of("/dev/net/tun");

  private static Street street;

  private final String name = Machine.interfaceName();
  private final TempFolder folder = new TempFolder();
  private Host host;
  private Traces before;

  @BeforeAll
  static void openStreet() {
    street = Street.open();
    street.awaitLinks();
  }

  @AfterAll
  static void closeStreet() {
    if (street != null) {
      street.close();
    }
  }

  @BeforeEach
  void look() {
    host = street.left();
    before = Traces.of(host);
  }

  @AfterEach
  void nothingIsLeftBehind() {
    before.awaitBack(host);
    assertFalse(Files.exists(Machine.SOCKETS.resolve(name + ".sock")), "the socket is left");
    folder.close();
  }

  @ParameterizedTest(name = "noren{0} without a TUN device")
  @ValueSource(strings = {" -f", ""})
  void saysThatThereIsNoTunDevice(String front) {
    String hide = "mount -t tmpfs none /dev/net && exec " + Maker.launcher() + front + " " + name;
    assertRefused(1, "/dev/net/tun", host.run("unshare", "-m", "sh", "-c", hide));
  }

  @ParameterizedTest(name = "the name {0}")
  @ValueSource(strings = {"sixteen-is-toolong", "a/b", "a b", "..", "über"})
  void saysThatANameCannotBe(String wrong) {
    assertRefused(1, wrong, noren("-f", wrong));
    assertRefused(1, wrong, noren(wrong));
  }

  @Test
  void saysThatANameIsTaken() {
    host.ip("link add name " + name + " type veth peer name other");
    try {
      assertRefused(1, name, noren("-f", name));
      assertTrue(
          host.must("ip", "link", "show", name).contains("BROADCAST"), "the other's link stays");
    } finally {
      host.ip("link del dev " + name);
    }
  }

  @Test
  void leavesALiveSocketToItsOwner() {
    try (WgEnd first = new WgEnd(street.right(), Maker.NOREN)) {
      first.start();
      assertRefused(1, first.name(), noren("-f", first.name()));
      first.identify();
      assertEquals(first.publicKey(), first.dump().publicKey());
    }
  }

  @Test
  void saysThatItMayNot() throws Exception {
    // A copy that everybody can read, wherever the tree lies.
    Files.setPosixFilePermissions(folder.path(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(folder.path().resolve("target"));
    Files.copy(Maker.base().resolve("noren"), folder.path().resolve("noren"));
    Files.copy(Maker.base().resolve("target/noren.jar"), folder.path().resolve("target/noren.jar"));
    Ran ran =
        host.run(
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            folder.path().resolve("noren").toString(),
            "-f",
            name);
    // Where only root may open the device, that is said first.
    boolean forAll =
        Files.getPosixFilePermissions(TUN_FILE).contains(PosixFilePermission.OTHERS_WRITE);
    assertRefused(1, forAll ? "CAP_NET_ADMIN" : TUN_FILE + " can't be opened", ran);
    Ran without =
        host.run("setpriv", "--bounding-set=-all", "--inh-caps=-all", Maker.launcher(), "-f", name);
    assertRefused(1, "CAP_NET_ADMIN", without);
  }

  @Test
  void saysThatThePortIsTaken() {
    try (WgEnd first = new WgEnd(host, Maker.GO)) {
      first.start();
      first.identify();
      Traces with = Traces.of(host);
      String file = file("ListenPort = " + WgEnd.PORT, "");
      assertRefused(1, Integer.toString(WgEnd.PORT), noren("up", "--state", state(), "-d", file));
      with.awaitBack(host);
    }
  }

  @Test
  void aTakenPortIsRefusedToWgAndTheOldOneStays() {
    try (WgEnd first = new WgEnd(host, Maker.GO);
        WgEnd second = new WgEnd(host, Maker.NOREN, 51_821)) {
      first.start();
      first.identify();
      second.start();
      second.identify();
      second.up(1420);
      Ran ran = second.wg("set", "listen-port", Integer.toString(WgEnd.PORT));
      assertEquals(1, ran.exit());
      assertTrue(ran.err().contains("in use"), ran.toString());
      assertEquals(51_821, second.dump().port());
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a key that is none         | [Peer];PublicKey = hello                  | PublicKey
          an address that is none    | Address = 10.0.0.300/24                   | Address
          a port that is none        | ListenPort = 65536                        | ListenPort
          a key nobody knows         | Colour = red                              | Colour
          a section nobody knows     | [Shop]                                    | Shop
          a peer without a key       | [Peer];AllowedIPs = 10.0.0.0/8            | PublicKey
          an endpoint without a port | [Peer];PublicKey = KEY;Endpoint = 1.2.3.4 | Endpoint
          no key and value           | nonsense                                  | line 4
          an MTU that is too small   | MTU = 1                                   | MTU
          """)
  void saysWhereAFileIsWrong(String what, String wrong, String key) {
    String file = file(wrong.replace("KEY", Keys.generate().publicKey()).replace(';', '\n'), "");
    Ran up = noren("up", "--state", state(), "-d", file);
    assertOneSentence(1, key, up);
    assertTrue(up.err().startsWith(file + ", line "), what + " names the file: " + up);
    Ran check = noren("check", file);
    assertEquals(1, check.exit(), check.toString());
    assertTrue(check.err().contains(key), check.toString());
  }

  @Test
  void neverPrintsASecret() {
    String secret = Keys.generate().privateKey();
    String broken = secret.substring(0, 40);
    Ran ran = noren("check", file("[Peer]\nPresharedKey = " + broken, ""));
    assertEquals(1, ran.exit());
    assertFalse(ran.said().contains(broken.substring(0, 10)), "the key was printed");
  }

  @Test
  void saysThatAFileIsNotThere() {
    String file = folder.path().resolve(name + ".conf").toString();
    assertRefused(1, file, noren("up", "--state", state(), file));
  }

  @ParameterizedTest(name = "noren {0}")
  @ValueSource(strings = {"up", "down", "check", "--nonsense", "up a.conf b.conf", "pubkey x y"})
  void wrongUsageExitsWithTwo(String arguments) {
    Ran ran = noren(arguments.split(" ", -1));
    assertEquals(2, ran.exit(), ran.toString());
    assertFalse(ran.said().contains("\tat "), ran.toString());
  }

  private static void assertRefused(int exit, String named, Ran ran) {
    assertOneSentence(exit, named, ran);
    assertTrue(ran.err().startsWith("noren: "), ran.toString());
  }

  /** One sentence on standard error that names what is wrong; no stack trace. */
  private static void assertOneSentence(int exit, String named, Ran ran) {
    assertEquals(exit, ran.exit(), ran.toString());
    List<String> lines = ran.err().lines().filter(line -> !line.isBlank()).toList();
    assertEquals(1, lines.size(), ran.toString());
    assertTrue(lines.getFirst().contains(named), ran.toString());
    assertFalse(lines.getFirst().contains("Exception"), ran.toString());
  }

  private String file(String inInterface, String more) {
    return folder.write(
        name + ".conf",
        "[Interface]\nPrivateKey = %s\nAddress = 10.77.0.1/24\n%s\n%s\n"
            .formatted(Keys.generate().privateKey(), inInterface, more));
  }

  private String state() {
    return folder.path().resolve("state").toString();
  }

  private Ran noren(String... arguments) {
    List<String> command = new ArrayList<>(List.of(Maker.launcher()));
    command.addAll(List.of(arguments));
    Running running = host.start(Map.of(), command);
    return host.finish(running, Duration.ofSeconds(15));
  }
}
