package dev.noren.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noren.config.RouterEdit.Imported;
import dev.noren.text.Said;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterEditTest {
  private static final String OWN =
      """
      [Interface]
      PrivateKey = gI6EdUSYvn8ugXOt8QQD6Yc+JyiZxIhp3GInSWRfWGE=
      Address = 10.7.0.2/32
      """;
  private static final String PEER =
      "[Peer]\nPublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=\n";

  private RouterConfig full;

  @BeforeEach
  void read() throws ConfigException {
    full = RouterJson.read("x", Documents.FULL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name|shop-2|name: \"shop-1\" → \"shop-2\"",
        "name|\"shop-2\"|name: \"shop-1\" → \"shop-2\"",
        "lan.dhcp.on|false|lan.dhcp.on: true → false",
        "lan.dhcp.on|null|lan.dhcp.on: true → null",
        "tunnels[0].mtu|1380|tunnels[0].mtu: 1400 → 1380",
        "dns.upstream|[\"192.0.2.53\"]|dns.upstream: [\"198.51.100.53\",\"2001:db8::53\"] →"
            + " [\"192.0.2.53\"]",
        "dns.domains[1]|{\"domain\":\"b.example\",\"server\":\"10.0.0.54\"}|dns.domains[1]: added"
            + " (b.example)",
        "dns.domains|[]|dns.domains[0]: removed (hq.example)",
        "wan[1].password|sesame|wan[1].password: changed (a secret)",
        "tunnels[0].peers[0].presharedKey|null|tunnels[0].peers[0].presharedKey: changed (a"
            + " secret)",
      })
  void setChangesOneValue(String path, String value, String difference) throws ConfigException {
    RouterConfig after = RouterEdit.set(full, path, value);
    assertEquals(List.of(difference), texts(full, after));
    assertEquals(List.of(), texts(full, full));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lan.dhcp.onn|true|the configuration, lan.dhcp.onn: is unknown: did you mean on?",
        "log.keep|30|the configuration, log.keep: is unknown: did you mean keepDays?",
        "lann.dhcp.on|true|the configuration, lann: is unknown: did you mean lan?",
        "name.x|true|the configuration: name has no x: it is no object",
        "tunnels.0.mtu|1400|the configuration: tunnels has no 0: it is a list, and tunnels[0] the"
            + " first in it",
        "lan[0]|true|the configuration: lan has no [0]: it is no list",
        "tunnels[3].mtu|1400|the configuration: tunnels has no [3]: [2] would add one to it",
        "lan..dhcp|1|the configuration: \"lan..dhcp\" is not a path, as in lan.dhcp.on or"
            + " tunnels[0].listenPort",
        "tunnels[0].listenPort|\"443|the value of tunnels[0].listenPort, line 1: is not JSON at"
            + " column 5: names and texts stand in double quotes, a comma stands between two"
            + " entries, and nothing behind the last",
        "tunnels[1].listenPort|443|the configuration, tunnels[1].listenPort: is the same as"
            + " tunnels[0].alsoPorts[0]: each may be given once",
        "schema|2|the configuration, schema: is 2, and this Noren reads 1: nothing of the document"
            + " was taken, as its fields may mean something else; use the Noren that wrote it",
      })
  void setChecksTheWhole(String path, String value, String error) {
    ConfigException thrown =
        assertThrows(ConfigException.class, () -> RouterEdit.set(full, path, value));
    assertEquals(error, thrown.getMessage());
  }

  private static TunnelConfig file(String text) throws ConfigException {
    return WgQuickFile.parse("x.conf", text);
  }

  private Imported imported(String name, String text) throws ConfigException {
    return RouterEdit.importTunnel(full, new TunnelName(name), file(text));
  }

  @Test
  void aWgQuickFileBecomesATunnel() throws ConfigException {
    Imported imported =
        imported("branch", OWN + "ListenPort = 51999\n" + PEER + "AllowedIPs = 10.77.0.0/16\n");
    RouterTunnel tunnel = imported.config().tunnels().getLast();
    assertEquals("branch", tunnel.name().text());
    assertEquals(51999, tunnel.listenPort());
    assertEquals(TunnelUse.Mode.SPLIT, tunnel.use().mode());
    assertEquals("[10.77.0.0/16]", tunnel.use().subnets().toString());
    assertEquals(List.of(), imported.remarks());
    assertEquals(List.of("tunnels[2]: added (branch)"), texts(full, imported.config()));
  }

  @Test
  void whatTakesEverythingIsFullUnlessAnotherIs() throws ConfigException {
    String text = OWN + PEER + "AllowedIPs = 0.0.0.0/0, ::/0\n";
    Imported second = imported("branch", text);
    assertEquals(TunnelUse.split(List.of()), second.config().tunnels().getLast().use());
    assertEquals(
        List.of(
            "branch.conf: another tunnel takes everything already, so nothing takes this one until"
                + " its use is set"),
        Said.english(second.remarks()));
    RouterConfig empty = RouterConfig.DEFAULT;
    Imported alone = RouterEdit.importTunnel(empty, new TunnelName("branch"), file(text));
    assertEquals(TunnelUse.full(), alone.config().tunnels().getFirst().use());
  }

  @Test
  void aFileOfATunnelsNameTakesItsPlaceAndLeavesTheRest() throws ConfigException {
    Imported imported =
        imported(
            "hq",
            OWN
                + "ListenPort = 51820\n"
                + PEER
                + "AllowedIPs = 10.0.0.0/16, 10.5.0.0/16\nEndpoint = new.example:51820\n");
    RouterTunnel was = full.tunnels().getFirst();
    RouterTunnel is = imported.config().tunnels().getFirst();
    assertEquals(2, imported.config().tunnels().size());
    assertEquals(was.alsoPorts(), is.alsoPorts());
    assertEquals(was.use().exceptSubnets(), is.use().exceptSubnets());
    assertEquals("[10.0.0.0/16, 10.5.0.0/16]", is.use().subnets().toString());
    assertEquals("The office", is.peers().getFirst().name());
    assertEquals("new.example:51820", is.peers().getFirst().config().endpoint().toString());
    assertFalse(is.masquerade());
  }

  @Test
  void saysWhatItDoesNotTake() throws ConfigException {
    Imported imported =
        imported(
            "branch",
            OWN + "PostUp = a\nPreDown = b\nTable = off\nFwMark = 1\nDNS = 10.0.0.53\n" + PEER);
    assertEquals(
        List.of(
            "branch.conf: PostUp, PreDown, Table, FwMark were not taken: the router runs no"
                + " commands of others and chooses routes and marks by itself",
            "branch.conf: DNS was not taken: dns.upstream and dns.domains say whom the router"
                + " asks"),
        Said.english(imported.remarks()));
    imported.remarks().forEach(Said::assertJapanese);
  }

  @Test
  void aTunnelThatDoesNotFitIsRefused() {
    String document = "the configuration with branch.conf, tunnels[2].";
    assertEquals(
        document + "listenPort: is the same as tunnels[0].alsoPorts[0]: each may be given once",
        refusal(OWN + "ListenPort = 443\n" + PEER));
    assertEquals(
        document
            + "listenPort: 53 is where Noren answers questions for names: choose another, and give"
            + " 53 in alsoPorts",
        refusal(OWN + "ListenPort = 53\n" + PEER));
    assertEquals(
        document
            + "addresses[0]: 10.7.0.0 is the first address of 10.7.0.0/24, which no machine can"
            + " have",
        refusal(OWN.replace("10.7.0.2/32", "10.7.0.0/24") + PEER));
    assertEquals(
        document
            + "peers[0].endpoint: 0.0.0.0 is a reserved address: give one that a machine has in a"
            + " network",
        refusal(OWN + PEER + "Endpoint = 0.0.0.0:51820\n"));
    assertEquals(
        "branch.conf, PrivateKey: is missing: a router's document has no hook that could set it",
        assertThrows(
                ConfigException.class,
                () -> imported("branch", "[Interface]\nPostUp = wg set %i private-key /k\n" + PEER))
            .getMessage());
  }

  private String refusal(String text) {
    return assertThrows(ConfigException.class, () -> imported("branch", text)).getMessage();
  }

  /** As where a routing protocol runs over the tunnel. */
  @Test
  void clientsSubnetsAreThoseThatPacketsAreForwardedTo() throws ConfigException {
    Imported imported =
        imported("branch", OWN + PEER + "AllowedIPs = 10.77.0.0/16, 224.0.0.5/32, fe80::/64\n");
    RouterTunnel tunnel = imported.config().tunnels().getLast();
    assertEquals("[10.77.0.0/16]", tunnel.use().subnets().toString());
    assertEquals(3, tunnel.peers().getFirst().config().allowedIps().size());
    assertEquals(
        List.of(
            "branch.conf: use.subnets is without 224.0.0.5/32, fe80::/64, to which no packets of"
                + " clients are forwarded"),
        Said.english(imported.remarks()));
    imported.remarks().forEach(Said::assertJapanese);
  }

  @Test
  void aSummaryIsOneLine() throws ConfigException {
    assertEquals("nothing", Differences.summary(full, full));
    String summary = Differences.summary(RouterConfig.DEFAULT, full);
    assertEquals("name, role, ports.wan, and 36 more", summary);
  }

  private static List<String> texts(RouterConfig before, RouterConfig after) {
    return Differences.between(before, after).stream().map(Object::toString).toList();
  }
}
