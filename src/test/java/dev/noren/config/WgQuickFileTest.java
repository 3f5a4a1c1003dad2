package dev.noren.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.text.Said;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WgQuickFileTest {
  private static final String EXPECT = "# expect: ";
  private static final String OWN =
      "[Interface]\nPrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=\n";
  private static final String PEER =
      "[Peer]\nPublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=\n";

  private static List<Path> files(String folder) throws IOException, URISyntaxException {
    Path path = Path.of(WgQuickFileTest.class.getResource("/config/" + folder).toURI());
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    }
  }

  private static TunnelConfig parse(String text) throws ConfigException {
    return WgQuickFile.parse("hq.conf", text);
  }

  /** Every bad file names the errors it expects in comments of its own. */
  @TestFactory
  Stream<DynamicTest> refusesBadFiles() throws Exception {
    List<Path> bad = files("bad");
    assertTrue(bad.size() > 50, "the bad files are there");
    return bad.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> refuses(file)));
  }

  private static void refuses(Path file) throws IOException {
    String text = Files.readString(file);
    List<String> expected =
        text.lines()
            .filter(line -> line.startsWith(EXPECT))
            .map(line -> line.substring(EXPECT.length()))
            .toList();
    assertFalse(expected.isEmpty());
    ConfigException thrown = assertThrows(ConfigException.class, () -> parse(text));
    List<String> found =
        thrown.errors().stream()
            .map(ConfigError::toString)
            .map(error -> error.replaceFirst("^hq\\.conf(, |: )", ""))
            .toList();
    assertEquals(expected, found);
    assertEquals(
        String.join("\n", thrown.errors().stream().map(ConfigError::toString).toList()),
        thrown.getMessage());
  }

  @TestFactory
  Stream<DynamicTest> readsGoodFiles() throws Exception {
    return files("good").stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> reads(file)));
  }

  private static void reads(Path file) throws Exception {
    String expected = Files.readString(Path.of(file.toString().replace(".conf", ".expected")));
    TunnelConfig config = parse(Files.readString(file));
    assertEquals(expected, WgQuickFile.write(config));
    assertEquals(config, parse(expected));
  }

  @Test
  void neverShowsASecret() {
    // A key in each place where it does not belong, and broken ones where it does.
    String secret = "yAnz5TF+lXXJte14tji3zlMNqXhd2rYUIgJBgB3fBmk=";
    String half = secret.substring(0, 40);
    for (String key :
        Stream.of(InterfaceSection.KEYS, PeerSection.KEYS).flatMap(List::stream).toList()) {
      for (String value : List.of(secret, half, "x" + secret, secret + ":51820", "+" + secret)) {
        String section = PeerSection.KEYS.contains(key) ? OWN + PEER : "[Interface]\n";
        try {
          parse(section + key + " = " + value + "\nMTU = bad\n");
        } catch (ConfigException e) {
          assertFalse(e.getMessage().contains(half.substring(0, 20)), e.getMessage());
        }
      }
    }
    for (String line : List.of(secret, "[" + secret + "]", secret + " = x", half)) {
      ConfigException thrown = assertThrows(ConfigException.class, () -> parse(OWN + line));
      assertFalse(thrown.getMessage().contains(half.substring(0, 20)), thrown.getMessage());
    }
  }

  @Test
  void recordsHideTheSecrets() throws ConfigException {
    TunnelConfig config =
        parse(OWN + PEER + "PresharedKey = /UwcSPg38hW/D9Y3tcS1FOV0K1wuURMbS0sesJEP5ak=\n");
    assertFalse(config.toString().contains("yAnz5TF"));
    assertFalse(config.toString().contains("UwcSPg38"));
  }

  @Test
  void keepsNamesUnresolved() throws ConfigException {
    TunnelConfig config = parse(OWN + PEER + "Endpoint = no-such-name.invalid:7\n");
    HostPort endpoint = config.peers().getFirst().endpoint();
    assertEquals(new HostPort("no-such-name.invalid", 7), endpoint);
    assertFalse(endpoint.isNumeric());
    assertTrue(HostPort.parse("198.51.100.7:1").isNumeric());
    assertTrue(HostPort.parse("[2001:db8::7]:1").isNumeric());
    assertNull(parse(OWN + PEER).peers().getFirst().endpoint());
  }

  @Test
  void warnsOfWhatIsProbablyNotMeant() throws ConfigException {
    String self = "[Peer]\nPublicKey = HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=\n";
    TunnelConfig config =
        parse(
            OWN
                + "SaveConfig = true\nDNS = shop.example\n"
                + PEER
                + "AllowedIPs = 10.0.0.0/8\n"
                + self
                + "AllowedIPs = 10.9.9.9/8\n");
    assertEquals(
        List.of(
            "hq.conf: 10.0.0.0/8 is allowed to several peers: the last of them gets it",
            "hq.conf: a peer has this tunnel's own public key and is left out",
            "hq.conf: DNS has search domains without a name server: they are not used",
            "hq.conf: SaveConfig is not followed: the file stays as it is"),
        Said.english(WgQuickFile.warnings("hq.conf", config)));
    WgQuickFile.warnings("hq.conf", config).forEach(Said::assertJapanese);
    assertEquals(List.of(), WgQuickFile.warnings("hq.conf", parse(OWN + PEER)));
  }

  @Test
  void readsAThousandPeers() throws ConfigException {
    StringBuilder text = new StringBuilder(OWN);
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      byte[] key = new byte[32];
      random.nextBytes(key);
      text.append("[Peer]\nPublicKey = ")
          .append(Base64.getEncoder().encodeToString(key))
          .append("\nAllowedIPs = 10.")
          .append(i / 256)
          .append('.')
          .append(i % 256)
          .append(".0/24\n");
    }
    assertEquals(1000, parse(text.toString()).peers().size());
  }
}
