package dev.noren.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noren.street.Keys;
import dev.noren.street.Maker;
import dev.noren.street.Street;
import dev.noren.street.Uapi;
import dev.noren.street.WgDump;
import dev.noren.street.WgEnd;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The stock {@code wg} at the UAPI socket, and requests that {@code wg} would never send. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.noren.street.Ends#makersUnderTest")
class WgToolIT {
  private static final int MANY = 1_000;

  private static Street street;
  private static WgEnd open;

  @Parameter Maker maker;

  private WgEnd end;

  @BeforeParameterizedClassInvocation
  static void open(Maker maker) {
    street = Street.open();
    open = new WgEnd(street.left(), maker);
    List<String> command = new ArrayList<>(List.of("env", "NOREN_PEERS=" + MANY));
    command.addAll(maker.command(open.name()));
    open.startWith(command);
    open.up(1420);
  }

  @AfterParameterizedClassInvocation
  static void close() {
    if (open != null) {
      open.close();
    }
    if (street != null) {
      street.close();
    }
  }

  @BeforeEach
  void beginWithNoPeer() {
    end = open;
    end.identify(Keys.generate());
    end.set("fwmark", "off");
    for (WgDump.PeerLine peer : end.dump().peers()) {
      end.set("peer", peer.publicKey(), "remove");
    }
  }

  @Test
  void showsWhatWasSet() {
    String key = Keys.generate().publicKey();
    end.set(
        "fwmark", "0x1234",
        "peer", key,
        "endpoint", "[2001:db8:b::2]:7",
        "persistent-keepalive", "25",
        "allowed-ips", "10.0.0.1/24,fd00::1/64,0.0.0.0/0");
    assertEquals(end.publicKey() + "\n", show("public-key"));
    assertEquals("51820\n", show("listen-port"));
    assertEquals("0x1234\n", show("fwmark"));
    assertEquals(key + "\n", show("peers"));
    assertEquals(key + "\t[2001:db8:b::2]:7\n", show("endpoints"));
    assertEquals(key + "\t25\n", show("persistent-keepalive"));
    assertEquals(key + "\t(none)\n", show("preshared-keys"));
    assertEquals(key + "\t0\n", show("latest-handshakes"));
    assertEquals(
        new TreeSet<>(List.of("0.0.0.0/0", "10.0.0.0/24", "fd00::/64")),
        new TreeSet<>(end.dump().peer(key).allowedIps()));
    assertTrue(street.left().must("wg", "show", "interfaces").contains(end.name()), "it is listed");
    assertTrue(end.wg("show").must().contains("persistent keepalive: every 25 seconds"), "show");
  }

  @Test
  void unsetsWhatWasSet() {
    String key = Keys.generate().publicKey();
    end.set("fwmark", "7", "peer", key, "persistent-keepalive", "25", "allowed-ips", "10.0.0.0/24");
    end.set("fwmark", "off", "private-key", "/dev/null");
    end.set("peer", key, "persistent-keepalive", "off", "allowed-ips", "");
    WgDump dump = end.dump();
    assertEquals("off", dump.mark());
    assertEquals("(none)", dump.privateKey());
    assertEquals("off", dump.peer(key).keepalive());
    assertEquals(List.of(), dump.peer(key).allowedIps());
    end.set("peer", key, "remove");
    assertEquals(List.of(), end.dump().peers());
  }

  @Test
  void leavesItsOwnKeyOutOfItsPeers() {
    end.set("peer", end.publicKey(), "allowed-ips", "10.0.0.0/24");
    assertEquals(List.of(), end.dump().peers());
  }

  @Test
  void opensAnotherPort() {
    end.set("listen-port", "51999");
    assertEquals(51999, end.dump().port());
    assertTrue(!street.left().must("ss", "-Hunl", "sport", "=", ":51999").isBlank(), "it is open");
    assertTrue(street.left().must("ss", "-Hunl", "sport", "=", ":51820").isBlank(), "it is closed");
  }

  @Test
  void takesAThousandPeersInOneRequest() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      keys.add(Keys.generate().publicKey());
    }
    String all = conf(keys, 0, 25);
    end.wgWith(all, "setconf", "/dev/stdin").must();
    assertShows(all);
    assertEquals(MANY, end.dump().peers().size());
    String dump = street.left().must("wg", "show", "all", "dump");
    assertEquals(MANY + 1, dump.lines().filter(l -> l.startsWith(end.name() + "\t")).count());

    // Half of them go, the other half get another keepalive, nobody is new.
    String half = conf(keys.subList(0, MANY / 2), 0, 7);
    end.wgWith(half, "syncconf", "/dev/stdin").must();
    assertShows(half);

    // And all of them again beside what is there, but the prefixes move to other owners.
    String moved = conf(keys, 1, 25);
    end.wgWith(moved, "addconf", "/dev/stdin").must();
    assertShows(moved);

    end.wgWith(conf(List.of(), 0, 0), "setconf", "/dev/stdin").must();
    assertEquals(List.of(), end.dump().peers());
  }

  /** The values are Linux's: EINVAL is 22. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no number for a port      | listen_port=x
          a port out of range       | listen_port=65536
          a short key               | private_key=00ff
          no hex                    | private_key=zz00000000000000000000000000000000000000000000000000000000000000
          an unknown key            | colour=red
          a peer's key first        | endpoint=203.0.113.2:1
          an endpoint by name       | public_key=PEER;endpoint=example.com:51820
          an endpoint without port  | public_key=PEER;endpoint=203.0.113.2
          a prefix too long         | public_key=PEER;allowed_ip=10.0.0.0/33
          a keepalive out of range  | public_key=PEER;persistent_keepalive_interval=65536
          another protocol version  | public_key=PEER;protocol_version=2
          a good line, then a bad   | fwmark=99;public_key=PEER;allowed_ip=10.9.0.0/16;allowed_ip=nonsense
          """)
  void refusesAWrongRequestAndChangesNothing(String what, String wrong) {
    assumeTrue(maker.isNoren(), "wireguard-go keeps what came before the wrong line");
    String before = end.wg("show", "dump").must();
    String peer = HexFormat.of().formatHex(new byte[31]) + "09";
    String request = "set=1\n" + wrong.replace("PEER", peer).replace(';', '\n') + "\n\n";
    assertEquals("errno=-22\n\n", Uapi.ask(end.name(), request), what);
    assertEquals(before, end.wg("show", "dump").must());
  }

  @Test
  void outlivesNonsense() {
    for (String nonsense :
        List.of("\n", "get=2\n\n", "set=1\nno equals sign\n\n", "x".repeat(100_000))) {
      Uapi.send(end.name(), nonsense);
    }
    assertEquals(end.publicKey(), end.dump().publicKey());
  }

  private String show(String field) {
    return end.wg("show", field).must();
  }

  /** Says only the first differences of what may be thousands of lines. */
  private void assertShows(String conf) {
    Set<String> wanted = lines(conf);
    Set<String> shown = lines(end.wg("showconf").must());
    Set<String> missing = new TreeSet<>(wanted);
    missing.removeAll(shown);
    shown.removeAll(wanted);
    assertEquals(List.of(), missing.stream().limit(3).toList(), "not shown");
    assertEquals(List.of(), shown.stream().limit(3).toList(), "shown too much");
  }

  private String conf(List<String> peers, int shift, int keepalive) {
    StringBuilder text = new StringBuilder();
    text.append("[Interface]\nListenPort = 51820\nPrivateKey = ")
        .append(end.keys().privateKey())
        .append('\n');
    for (int i = 0; i < peers.size(); i++) {
      int n = (i + shift) % MANY;
      text.append("\n[Peer]\nPublicKey = ").append(peers.get(i)).append('\n');
      text.append("AllowedIPs = 10.%d.%d.0/24, fd00:%x::/32\n".formatted(n / 256, n % 256, n + 1));
      text.append("Endpoint = 203.0.113.%d:%d\n".formatted(1 + i % 200, 1000 + i));
      text.append("PersistentKeepalive = ").append(keepalive).append('\n');
    }
    return text.toString();
  }

  /** A configuration's peers, in any order, each with its lines in any order. */
  private static Set<String> lines(String conf) {
    TreeSet<String> blocks = new TreeSet<>();
    for (String block : conf.strip().split("\n\n+", -1)) {
      blocks.add(String.join("|", new TreeSet<>(block.lines().map(WgToolIT::sorted).toList())));
    }
    return blocks;
  }

  private static String sorted(String line) {
    int equals = line.indexOf(" = ");
    return !line.startsWith("AllowedIPs")
        ? line
        : "AllowedIPs" + new TreeSet<>(List.of(line.substring(equals + 3).split(", ", -1)));
  }
}
