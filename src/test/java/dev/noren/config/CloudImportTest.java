package dev.noren.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.RouterEdit.Imported;
import dev.noren.config.TunnelUse.Mode;
import dev.noren.crypto.PrivateKey;
import dev.noren.net.Cidr;
import dev.noren.text.Said;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Providers' and gateways' wg-quick files as they are found, each written for this test. */
class CloudImportTest {
  private static final String FOLDER = "/config/cloud/";
  private static final TunnelName NAME = new TunnelName("cloud0");
  private static final int SHAPES = 22;

  private static final String FILE =
      """
      [Interface]
      PrivateKey = gI6EdUSYvn8ugXOt8QQD6Yc+JyiZxIhp3GInSWRfWGE=
      Address = 10.7.0.2/32
      %s
      [Peer]
      PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
      AllowedIPs = 10.20.0.0/16
      %s
      """;

  static Stream<String> shapes() throws IOException, URISyntaxException {
    Path folder = Path.of(CloudImportTest.class.getResource(FOLDER).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".conf"))
          .map(name -> name.replace(".conf", ""))
          .sorted()
          .collect(Collectors.toList())
          .stream();
    }
  }

  private static String resource(String name) {
    try (InputStream in = CloudImportTest.class.getResourceAsStream(FOLDER + name)) {
      return in == null ? "" : new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Imported imported(RouterConfig config, String text) throws ConfigException {
    return CloudImport.of(config, NAME, "tokyo.conf", text, null, null);
  }

  private static RouterTunnel tunnel(RouterConfig config) {
    return ((CloudForm) config.form(NAME)).tunnel();
  }

  private static String exported(RouterConfig config) {
    return WgQuickFile.write(tunnel(config).toWgQuick());
  }

  @Test
  void thereAreAsManyShapesAsThereShallBe() throws Exception {
    assertEquals(SHAPES, shapes().count());
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void comesInAndGoesOutWithTheSameMeaning(String shape) throws ConfigException {
    Imported imported = imported(RouterConfig.DEFAULT, resource(shape + ".conf"));
    assertEquals(resource(shape + ".export"), exported(imported.config()));
    assertEquals(
        resource(shape + ".remarks"),
        imported.remarks().stream().map(each -> each + "\n").collect(Collectors.joining()));
    imported.remarks().forEach(Said::assertJapanese);
    RouterConfig again = imported(RouterConfig.DEFAULT, exported(imported.config())).config();
    assertEquals(exported(imported.config()), exported(again), "it comes in as the same");
    assertEquals(
        imported.config(),
        RouterJson.read("x", RouterJson.write(imported.config())),
        "it is saved and read as the same");
  }

  /** What stands in the file in other words, looked at without the golden files. */
  @ParameterizedTest
  @MethodSource("shapes")
  void eachKeyAndAddressOfTheFileIsThere(String shape) throws ConfigException {
    TunnelConfig file = WgQuickFile.parse("x", resource(shape + ".conf"));
    RouterTunnel tunnel =
        tunnel(imported(RouterConfig.DEFAULT, resource(shape + ".conf")).config());
    assertEquals(file.own().privateKey(), tunnel.privateKey());
    assertEquals(file.own().addresses(), tunnel.addresses());
    assertEquals(file.own().mtuBytes(), tunnel.mtuBytes());
    assertEquals(file.own().listenPort(), tunnel.listenPort());
    assertEquals(file.peers().size(), tunnel.peers().size());
    for (int i = 0; i < file.peers().size(); i++) {
      PeerConfig peer = file.peers().get(i);
      PeerConfig taken = tunnel.peers().get(i).config();
      assertEquals(peer.publicKey(), taken.publicKey());
      assertEquals(peer.presharedKey(), taken.presharedKey());
      assertEquals(peer.endpoint(), taken.endpoint());
      assertEquals(peer.persistentKeepaliveSeconds(), taken.persistentKeepaliveSeconds());
    }
    List<Cidr> allowed = file.peers().stream().flatMap(p -> p.allowedIps().stream()).toList();
    List<Cidr> taken =
        tunnel.peers().stream().flatMap(p -> p.config().allowedIps().stream()).toList();
    assertTrue(taken.containsAll(allowed));
    assertEquals(taken.stream().distinct().toList(), taken);
  }

  @Test
  void noSecretAndNoCommandIsRepeated() throws Exception {
    for (String shape : shapes().toList()) {
      String remarks =
          imported(RouterConfig.DEFAULT, resource(shape + ".conf")).remarks().toString();
      assertFalse(remarks.contains("%i") || remarks.contains("logger"), remarks);
      assertFalse(remarks.contains("gI6EdUSY") || remarks.contains("FpCyhws9"), remarks);
    }
  }

  @Test
  void everythingIsTakenOnlyWhereNothingTakesItAlready() throws ConfigException {
    String full = resource("full-v4.conf");
    RouterConfig one = imported(RouterConfig.DEFAULT, full).config();
    assertEquals(Mode.FULL, tunnel(one).use().mode());
    TunnelName other = new TunnelName("cloud1");
    Imported two =
        CloudImport.of(
            one,
            other,
            "osaka.conf",
            full.replace("gI6EdUSYvn8ugXOt8QQD6Yc+JyiZxIhp3GInSWRfWGE=", key())
                .replace("12.34", "12.35"),
            null,
            null);
    assertEquals(
        List.of(
            "cloud1.conf: another tunnel takes everything already, so nothing takes this one until"
                + " its use is set"),
        Said.english(two.remarks()));
    assertEquals(List.of(NAME, other), two.config().forms().stream().map(Form::name).toList());
  }

  private static String key() {
    return PrivateKey.generate(new Random(1)).toBase64();
  }

  @Test
  void aNewerFileTakesThePlaceOfTheOldOne() throws ConfigException {
    RouterConfig one =
        CloudImport.of(RouterConfig.DEFAULT, NAME, "a.conf", FILE.formatted("", ""), "Sky", "JP")
            .config();
    one = RouterEdit.set(one, "forms[0].use.domains", "[\"hq.example\"]");
    one = RouterEdit.set(one, "forms[0].killSwitch", "false");
    RouterConfig two =
        imported(one, FILE.formatted("MTU = 1380", "Endpoint = 192.0.2.1:51820")).config();
    CloudForm form = (CloudForm) two.form(NAME);
    assertEquals("Sky JP", form.provider() + " " + form.country());
    assertEquals(List.of("hq.example"), form.tunnel().use().domains());
    assertFalse(form.tunnel().killSwitch());
    assertEquals(1380, form.tunnel().mtuBytes());
    assertEquals(1, two.forms().size());
    assertEquals(
        "KR",
        ((CloudForm)
                CloudImport.of(two, NAME, "a.conf", FILE.formatted("", ""), null, "KR")
                    .config()
                    .form(NAME))
            .country());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Jc = 4| |tokyo.conf, line 4, Jc: is unknown",
        "S1 = 77| |tokyo.conf, line 4, S1: is unknown",
        "ObfuscateKey = x| |tokyo.conf, line 4, ObfuscateKey: is unknown",
        "AllowedIPs = 0.0.0.0/0| |tokyo.conf, line 4, AllowedIPs: belongs in [Peer], not here",
        "MTU = 9|Endpoint = 192.0.2.1|tokyo.conf, line 4, MTU: ",
        "|Endpoint = 192.0.2.1|tokyo.conf, line 8, Endpoint: \"192.0.2.1\" has no port",
        "[Proxy]| |tokyo.conf, line 4: \"[Proxy]\" is no section",
        "remote vpn.example.com 1194| |tokyo.conf, line 4",
      })
  void whatIsNotSupportedIsNamedWithItsLine(String own, String peer, String start) {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                imported(
                    RouterConfig.DEFAULT,
                    FILE.formatted(own == null ? "" : own, peer == null ? "" : peer)));
    String said = e.errors().toString();
    assertTrue(e.errors().getFirst().toString().startsWith(start), said);
  }

  @Test
  void aNameThatIsTakenIsRefused() throws ConfigException {
    RouterConfig tunnels =
        RouterEdit.importTunnel(
                RouterConfig.DEFAULT, NAME, WgQuickFile.parse("x", FILE.formatted("", "")))
            .config();
    ConfigException e =
        assertThrows(ConfigException.class, () -> imported(tunnels, FILE.formatted("", "")));
    assertEquals(
        "the configuration, name: cloud0 is the name of a tunnel already: choose another",
        e.errors().getFirst().toString());
  }
}
