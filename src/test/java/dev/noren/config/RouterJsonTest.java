package dev.noren.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.RouterConfig.Role;
import dev.noren.config.WanConfig.Pppoe;
import dev.noren.text.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterJsonTest {
  private static final Pattern JAPANESE = Pattern.compile("[\\p{IsHiragana}]");

  /** English words with a space between them, as a sentence that was not translated has. */
  private static final Pattern ENGLISH = Pattern.compile("[a-z]{2,} [a-z]{2,} [a-z]{2,}");

  private static final String FULL = Documents.FULL;

  private static RouterConfig read(String text) throws ConfigException {
    return RouterJson.read("x.json", text);
  }

  private static List<String> errors(String text) {
    return assertThrows(ConfigException.class, () -> read(text)).errors().stream()
        .map(ConfigError::toString)
        .map(error -> error.replaceFirst("^x\\.json(, |: )", ""))
        .toList();
  }

  @Test
  void whatIsWrittenIsWhatWasRead() throws ConfigException {
    RouterConfig config = read(FULL);
    assertEquals(FULL, RouterJson.write(config));
    assertEquals("till", config.lan().reservations().getFirst().name());
    assertEquals("02:00:00:00:00:01", config.lan().device("till").text());
    assertEquals("02:00:00:00:00:02", config.lan().device("02:00:00:00:00:02").text());
    assertEquals(1400, config.tunnel(new TunnelName("hq")).mtuBytes());
    assertNull(config.tunnel(new TunnelName("none")));
  }

  @Test
  void aDocumentMayLeaveAllOut() throws ConfigException {
    assertEquals(RouterConfig.DEFAULT, read("{\"schema\": 1}"));
    assertEquals(RouterConfig.DEFAULT, read(RouterJson.write(RouterConfig.DEFAULT)));
    assertEquals(Role.AUTO, RouterConfig.DEFAULT.role());
    assertNull(RouterConfig.DEFAULT.lan().dhcp().on(), "unclaimed, it serves nobody beside");
  }

  @Test
  void otherWaysToWriteTheSame() throws ConfigException {
    RouterConfig config =
        read(
            """
            {"schema": 1,
             "lan": {"address": "10.1.2.3/24",
                     "reservations": [{"mac": "AA-BB-CC-DD-EE-FF", "address": "10.1.2.9", "name": "Till"}]},
             "dns": {"domains": [{"domain": "HQ.Example.", "server": "10.0.0.53"}]},
             "tunnels": [{"name": "hq", "privateKey": "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",
                          "addresses": ["10.9.0.2"],
                          "peers": [{"publicKey": "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=",
                                     "allowedIps": ["10.0.0.9/16", "10.7.7.7"]}],
                          "use": {"devices": ["TILL"], "subnets": ["10.0.5.9/24"]}}]}
            """);
    RouterTunnel tunnel = config.tunnels().getFirst();
    assertEquals("aa:bb:cc:dd:ee:ff", config.lan().device("till").text());
    assertEquals("hq.example", config.dns().domains().getFirst().domain());
    assertEquals("[10.9.0.2/32]", tunnel.addresses().toString());
    assertEquals(
        "[10.0.0.0/16, 10.7.7.7/32]", tunnel.peers().getFirst().config().allowedIps().toString());
    assertEquals(List.of("till"), tunnel.use().devices());
    assertEquals("[10.0.5.0/24]", tunnel.use().subnets().toString());
    assertTrue(tunnel.killSwitch() && tunnel.masquerade());
  }

  @Test
  void besideAnotherRouterItsNetworkIsTheLine() throws ConfigException {
    String text =
        """
        {"schema": 1, "role": "%s", "lan": {"address": "192.168.1.2/24"},
         "wan": [{"method": "static", "address": "192.168.1.2/24", "gateway": "192.168.1.1"}]}
        """;
    read(text.formatted("beside"));
    assertEquals(1, errors(text.formatted("router")).size());
    assertEquals(1, errors(text.formatted("auto")).size());
  }

  /** What looks as if it could not work, and does. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "lan.reservations[0].name = \"12h\" ; tunnels[0].use.exceptDevices = []",
        "lan.reservations[0].name = \"ignore\" ; tunnels[0].use.exceptDevices = []",
        "lan.reservations[0].name = \"7\" ; tunnels[0].use.exceptDevices = []",
        "tunnels[0].addresses[0] = \"10.7.0.0/31\"",
        "tunnels[0].addresses[0] = \"10.7.0.0/32\"",
        "tunnels[0].addresses[0] = \"169.254.7.2/30\"",
        "tunnels[0].addresses[1] = \"fd00:9::/64\"",
        "tunnels[0].peers[0].endpoint = \"127.0.0.1:51820\"",
        "tunnels[0].peers[0].endpoint = \"[fe80::1%eth0]:51820\"",
        "dns.upstream[0] = \"127.0.0.1\"",
        "dns.upstream[0] = \"192.0.2.1\"",
        "tunnels[1].use.exceptSubnets[0] = \"::/0\"",
        "tunnels[0].name = \"ende\"",
        "tunnels[0].name = \"ether\"",
        "tunnels[0].use.exceptSubnets[0] = \"10.0.0.0/14\" ; tunnels[0].use.subnets = []",
        "wan[1].port = \"eth2.100\" ; ports.wan[1] = \"eth2.100\" ; wan[1].method = \"dhcp\" ;"
            + " wan[1].user = null ; wan[1].password = null",
      })
  void takesWhatWorks(String change) throws ConfigException {
    String text = Documents.changed(change);
    assertEquals(read(text), read(RouterJson.write(read(text))));
  }

  @Test
  void aNameIsOnOneLine() throws ConfigException {
    for (String name : List.of("x\\u2028y", "x\\u2029y", "x\\u0000")) {
      String field = "tunnels[0].peers[0].name";
      List<String> errors = errors(Documents.changed(field + " = \"" + name + "\""));
      assertEquals(1, errors.size(), name);
      assertTrue(errors.getFirst().startsWith(field + ": \"x?"), errors.getFirst());
    }
  }

  @Test
  void thereAreNoMoreTunnelsAndLinesThanThePlanCanNumber() throws ConfigException {
    assertEquals(125, read(withTunnels(125)).tunnels().size());
    assertEquals(
        List.of("tunnels: has 126 entries, and 125 are the most: leave some out"),
        errors(withTunnels(126)));
    assertEquals(250, read(withPorts(250)).ports().wan().size());
    assertEquals(
        List.of("ports.wan: has 251 entries, and 250 are the most: leave some out"),
        errors(withPorts(251)));
    String lines =
        IntStream.range(0, 251)
            .mapToObj(i -> "{\"port\": \"p" + i + "\"}")
            .collect(Collectors.joining(",", ", \"wan\": [", "]"));
    assertEquals(
        List.of("wan: has 251 entries, and 250 are the most: leave some out"),
        errors("{\"schema\": 1" + lines + "}"));
  }

  private static String withTunnels(int number) {
    return IntStream.range(0, number)
        .mapToObj(
            i ->
                """
                {"name": "t%d", "privateKey": "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",
                 "addresses": ["10.9.%d.2/32"]}\
                """
                    .formatted(i, i))
        .collect(Collectors.joining(",", "{\"schema\": 1, \"tunnels\": [", "]}"));
  }

  private static String withPorts(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> "\"p" + i + "\"")
        .collect(Collectors.joining(",", "{\"schema\": 1, \"ports\": {\"wan\": [", "]}}"));
  }

  /** Every row of wrong.txt. */
  @TestFactory
  Stream<DynamicTest> saysWhatIsWrong() {
    List<String> lines =
        Documents.resource("wrong.txt").lines().filter(line -> !line.startsWith("#")).toList();
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < lines.size(); ) {
      String change = lines.get(i++);
      List<String> expected = new ArrayList<>();
      while (i < lines.size() && lines.get(i).startsWith("-> ")) {
        expected.add(lines.get(i++).substring(3));
      }
      assertFalse(expected.isEmpty(), change);
      tests.add(
          DynamicTest.dynamicTest(
              change,
              () ->
                  assertEquals(
                      expected.stream().sorted().toList(),
                      errors(Documents.changed(change)).stream().sorted().toList())));
    }
    assertTrue(tests.size() > 200, "the rows are there");
    return tests.stream();
  }

  /** Every row of wrong.txt in Japanese: each reason is, and none is what it was in English. */
  @TestFactory
  Stream<DynamicTest> saysWhatIsWrongInJapanese() {
    return Documents.resource("wrong.txt")
        .lines()
        .filter(line -> !line.startsWith("#") && !line.startsWith("-> "))
        .map(change -> DynamicTest.dynamicTest(change, () -> saysInJapanese(change)));
  }

  private static void saysInJapanese(String change) {
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> RouterJson.read("shop.json", Documents.changed(change)));
    for (ConfigError error : e.errors()) {
      String reason = error.reason().in(Language.JAPANESE);
      assertTrue(JAPANESE.matcher(reason).find(), reason);
      assertFalse(ENGLISH.matcher(reason.replaceAll("noren( [a-z]+)+", "")).find(), reason);
      assertNotEquals(error.toString(), error.sentence().in(Language.JAPANESE));
      assertTrue(error.sentence().in(Language.JAPANESE).startsWith("shop.json、"), reason);
    }
  }

  /** Every field of the full document, with every type that it does not have. */
  @TestFactory
  Stream<DynamicTest> refusesEveryWrongType() throws ConfigException {
    return Documents.values().entrySet().stream()
        .map(
            field ->
                DynamicTest.dynamicTest(
                    field.getKey(), () -> refusesOtherTypes(field.getKey(), field.getValue())));
  }

  private static void refusesOtherTypes(String path, Object value) throws ConfigException {
    Map<String, Class<?>> others =
        Map.of(
            "7", Json.Num.class,
            "\"text\"", String.class,
            "true", Boolean.class,
            "[7]", List.class,
            "{\"a\": 7}", Map.class);
    for (Map.Entry<String, Class<?>> other : others.entrySet()) {
      if (other.getValue().isInstance(value)) {
        continue;
      }
      List<String> errors = errors(Documents.changed(path + " = " + other.getKey()));
      List<String> here = errors.stream().filter(e -> e.startsWith(path + ": ")).toList();
      assertEquals(1, here.size(), path + " = " + other.getKey() + ": " + errors);
      assertTrue(here.getFirst().contains(": give "), here.getFirst());
    }
  }

  /** Null is what missing is: the default, or one sentence. */
  @TestFactory
  Stream<DynamicTest> takesNullForMissing() throws ConfigException {
    return Documents.values().keySet().stream()
        .filter(path -> !path.endsWith("]") && !path.equals("schema"))
        .map(path -> DynamicTest.dynamicTest(path, () -> nullIsMissing(path)));
  }

  private static void nullIsMissing(String path) throws ConfigException {
    String withNull = Documents.changed(path + " = null");
    String without = Documents.without(path);
    try {
      assertEquals(read(without), read(withNull));
    } catch (ConfigException e) {
      assertEquals(errors(without), errors(withNull));
    }
  }

  /** In every object a name that is nearly right is met with the right one. */
  @TestFactory
  Stream<DynamicTest> suggestsTheRightName() throws ConfigException {
    return Documents.values().keySet().stream()
        .filter(path -> !path.endsWith("]"))
        .map(path -> DynamicTest.dynamicTest(path, () -> suggests(path)));
  }

  private static void suggests(String path) throws ConfigException {
    String name = path.substring(path.lastIndexOf('.') + 1);
    String near = path + "e";
    List<String> errors = errors(Documents.changed(near + " = 1"));
    assertEquals(List.of(near + ": is unknown: did you mean " + name + "?"), errors);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null|is missing: this Noren reads documents with \"schema\": 1",
        "\"1\"|is not a whole number: give 1",
        "1.0|is not a whole number: give 1",
        "0|is 0, and this Noren reads 1",
        "2|is 2, and this Noren reads 1",
      })
  void anotherSchemaIsRefusedWhole(String schema, String reason) throws ConfigException {
    List<String> errors =
        errors(Documents.changed("schema = " + schema + " ; name = 7 ; frobnicate = 1"));
    assertEquals(1, errors.size(), "nothing else is looked at");
    assertTrue(errors.getFirst().startsWith("schema: " + reason), errors.getFirst());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{\"schema\": 1",
        "{\"schema\": 1,}",
        "{\"schema\": 1} {}",
        "{\"schema\": 1} x",
        "{'schema': 1}",
        "{schema: 1}",
        "{\"schema\": 1} // comment",
        "{\"schema\": 01}",
        "{\"schema\": NaN}",
        "{\"schema\": 1; \"name\": 2}",
        "{\"schema\" = 1}",
        "{\"schema\": TRUE}",
        "{\"schema\": \"a\nb\"}",
        "{\"schema\": \"\\x\"}",
        ")]}'\n{\"schema\": 1}",
        "[Interface]\nPrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",
      })
  void whatIsNoJsonIsRefused(String text) {
    List<String> errors = errors(text);
    assertEquals(1, errors.size());
    assertTrue(errors.getFirst().contains("JSON"), errors.getFirst());
    assertFalse(errors.getFirst().contains("yAnz"), errors.getFirst());
    assertFalse(errors.getFirst().contains("\n"), errors.getFirst());
  }

  @Test
  void saysWhereTheJsonBreaks() {
    assertEquals(
        "line 3: is not JSON at column 11: names and texts stand in double quotes, a comma stands"
            + " between two entries, and nothing behind the last",
        errors("{\n  \"schema\": 1,\n  \"name\": shop\n}\n").getFirst());
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "\"x\"", "null", "[]", "true"})
  void aDocumentIsAnObject(String text) {
    assertTrue(errors(text).getFirst().contains("give an object in { }"));
  }

  @Test
  void aNameThatIsGivenTwiceIsRefused() {
    assertEquals(
        List.of(
            "name: is given twice: leave one of them out",
            "dns.forceClients: is given twice: leave one of them out"),
        errors(
            "{\"schema\": 1, \"name\": \"a\", \"name\": \"a\","
                + " \"dns\": {\"forceClients\": true, \"forceClients\": true}}"));
  }

  @Test
  void depthAndLengthAreBounded() {
    assertEquals(1, errors("{\"schema\": 1, \"name\": " + "[".repeat(100_000)).size());
    assertTrue(errors(" ".repeat(RouterJson.MAX_LENGTH + 1)).getFirst().contains("longer"));
    // A long name must not cost memory in the search for the one that was meant.
    assertEquals(1, errors("{\"schema\": 1, \"" + "n".repeat(1_000_000) + "\": 1}").size());
  }

  @Test
  void neverShowsASecretInAnError() throws ConfigException {
    String secret = "yAnz5TF+lXXJte14tji3zlMNqXhd2rYUIgJBgB3fBmk=";
    String part = secret.substring(0, 20);
    for (String path : Documents.values().keySet()) {
      for (String value : List.of(secret, secret.substring(0, 40), "x" + secret, secret + ":1")) {
        try {
          read(Documents.changed(path + " = \"" + value + "\" ; name = 7"));
        } catch (ConfigException e) {
          assertFalse(e.getMessage().contains(part), e.getMessage());
        }
      }
    }
    for (String name : List.of(secret, secret.replace("+", "").replace("=", ""))) {
      assertFalse(errors("{\"schema\": 1, \"" + name + "\": 1}").toString().contains(part));
    }
    String wrong = errors(Documents.changed("wan[1].password = \"sesame\\u0007\"")).toString();
    assertFalse(wrong.contains("sesame"), wrong);
  }

  @Test
  void neverShowsASecretAsARecord() throws ConfigException {
    RouterConfig config = read(FULL);
    String hidden = RouterJson.writeHidden(config);
    for (String text : List.of(config.toString(), hidden)) {
      for (String secret :
          List.of(
              "yAnz5TF",
              "eCMBNwk",
              "UwcSPg38",
              "horse",
              "komorebi",
              "JBSWY3DP",
              "iI45ByZJ",
              "8LJoQYFd",
              "aOVgswNS")) {
        assertFalse(text.contains(secret), text);
      }
    }
    assertTrue(
        config.wan().get(1).method() instanceof Pppoe pppoe && pppoe.password().length() > 9);
    assertEquals(
        List.of(
            "access.people[0].totpSecret",
            "forms[0].pairing.presharedKey",
            "forms[0].privateKey",
            "forms[0].shops[0].presharedKey",
            "forms[1].devices[0].presharedKey",
            "forms[1].privateKey",
            "forms[2].privateKey",
            "forms[3].privateKey",
            "forms[4].privateKey",
            "metrics.token",
            "notices.mail.password",
            "notices.webhook.token",
            "notices.webhook.url",
            "tunnels[0].peers[0].presharedKey",
            "tunnels[0].privateKey",
            "tunnels[1].privateKey",
            "wan[1].password"),
        errors(hidden).stream()
            .map(error -> error.substring(0, error.indexOf(':')))
            .sorted()
            .toList(),
        "what was hidden is not taken for the secret");
  }

  @Test
  void goesOutAsAWgQuickFile() throws ConfigException {
    RouterTunnel hq = read(FULL).tunnel(new TunnelName("hq"));
    assertEquals(
        """
        [Interface]
        PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=
        ListenPort = 51820
        Address = 10.9.0.2/32, fd00:9::2/128
        MTU = 1400

        [Peer]
        PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
        PresharedKey = /UwcSPg38hW/D9Y3tcS1FOV0K1wuURMbS0sesJEP5ak=
        AllowedIPs = 10.0.0.0/16, 10.1.0.0/16
        Endpoint = vpn.example:51820
        PersistentKeepalive = 25

        [Peer]
        PublicKey = TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=
        """,
        WgQuickFile.write(hq.toWgQuick()));
  }
}
