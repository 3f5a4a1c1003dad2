package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.ConfigException;
import dev.noren.config.Documents;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterEdit;
import dev.noren.config.RouterJson;
import dev.noren.config.StoredConfig;
import dev.noren.config.TunnelName;
import dev.noren.config.WgQuickFile;
import dev.noren.control.FakeRouter;
import dev.noren.control.PairingDesk.Pair;
import dev.noren.doctor.Diagnoses;
import dev.noren.status.Condition;
import dev.noren.status.Health;
import dev.noren.status.LogEntry;
import dev.noren.status.Origin;
import dev.noren.status.Reached;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Config;
import dev.noren.status.RouterStatus.Line;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Pending;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.status.Statuses;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever a person types, a file brings or another router says is text on the page, and nothing
 * else.
 */
@Timeout(60)
class PageXssTest {
  /** In every hostile text, so that it is found wherever it has come to. */
  private static final String MARK = "zqx";

  /** What a document takes as a name, since any letters of any language are good in one. */
  private static final List<String> NAMES =
      List.of(
          "<script>zqx(1)</script>",
          "\"><img src=x onerror=zqx(2)>",
          "' onmouseover='zqx(3)' x='",
          "{{zqx}}${zqx}<%=zqx%>#{zqx}",
          "javascript:zqx(5)",
          "</title></textarea></select><zqx onload=\"zqx(6)",
          "&lt;zqx&gt;&#60;zqx&#62;&quot;",
          "--><!--zqx<![CDATA[",
          "\\u003czqx\\x22`zqx`",
          "\u200fzqx\u200e<svg/onload=zqx(10)>");

  /** What it does not take, and others may say all the same. */
  private static final List<String> LINES =
      List.of(
          "a\r\nX-Zqx: 1\r\n\r\n<script>zqx</script>",
          "\u2028zqx()\u2029\"><script>",
          "\u202e\"><img src=x onerror=zqx>",
          "\u0000<zqx>");

  private static final String ALL = String.join(" ", LINES) + String.join(" ", NAMES);

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Set<String> ADDRESSES = Set.of("href", "src", "action", "formaction");

  private static PageBox box;

  @BeforeAll
  static void start() throws Exception {
    box = PageBox.claimed();
    say(box, named(NAMES), ALL);
  }

  @AfterAll
  static void stop() {
    box.close();
  }

  private static String json(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** The document that has every field, with these names wherever people type one. */
  private static RouterConfig named(List<String> names) throws Exception {
    String person = names.get(0);
    String group = names.get(1);
    String device = names.get(2);
    String contractor = names.get(3);
    List<String> changes = new ArrayList<>();
    changes.add("tunnels[0].peers[0].name = " + json(names.get(4)));
    changes.add("forms[0].shops[0].name = " + json(names.get(5)));
    changes.add("forms[0].shops[1].name = " + json(names.get(6)));
    changes.add("forms[0].pairing.shop = " + json(names.get(7)));
    changes.add("forms[1].devices[0].name = " + json(device));
    changes.add("forms[1].devices[0].person = " + json(person));
    changes.add("forms[1].devices[1].name = " + json(contractor));
    changes.add("forms[1].devices[2].name = " + json(names.get(5)));
    changes.add("forms[2].provider = " + json(names.get(0)));
    changes.add("forms[3].desks[0].name = " + json(names.get(1)));
    changes.add("forms[3].devices[0].name = " + json(names.get(6)));
    changes.add("forms[4].shop.name = " + json(names.get(2)));
    changes.add("access.people[0].name = " + json(person));
    changes.add("access.people[0].groups = " + json(List.of(group)));
    changes.add("access.groups[0].name = " + json(group));
    changes.add("access.rules[0].name = " + json(names.get(8)));
    changes.add(
        "access.rules[0].from = " + json(List.of("group:" + group, "device:" + contractor)));
    changes.add("access.rules[1].name = " + json(names.get(9)));
    changes.add("access.rules[1].from = " + json(List.of("person:" + person)));
    return RouterJson.read("document", Documents.changed(String.join(" ; ", changes)));
  }

  /** The router of this box has these names, and says this text wherever it says any. */
  private static void say(PageBox box, RouterConfig config, String text) {
    box.server.name(text);
    StoredConfig was = FakeRouter.STORED;
    box.router.stored = new StoredConfig(was.number(), was.savedAt(), text, text, config);
    RouterStatus full = Statuses.FULL;
    Line line = full.lines().getFirst();
    Tunnel tunnel = full.tunnels().getFirst();
    Peer peer = tunnel.peers().getFirst();
    Sentence sentence = Sentence.plain(text);
    box.router.status =
        new RouterStatus(
            full.at(),
            full.since(),
            full.uptimeMs(),
            text,
            new Config(8, full.at(), text, text),
            full.role(),
            true,
            new Pending(text, text, full.at(), 60),
            List.of(sentence),
            true,
            List.of(
                new Line(
                    0, text, text, null, null, List.of(), true, true, full.at(), line.traffic())),
            full.lan(),
            full.page(),
            full.leases(),
            List.of(
                new Tunnel(
                    tunnel.name(),
                    true,
                    tunnel.mode(),
                    true,
                    sentence,
                    1420,
                    51820,
                    List.of(),
                    List.of(
                        new Peer(
                            text,
                            text,
                            text,
                            false,
                            1L,
                            1L,
                            0,
                            peer.traffic(),
                            0,
                            List.of(),
                            Origin.INSIDE)),
                    new Reached(text, text, full.at())),
                new Tunnel(
                    new TunnelName("shops"),
                    true,
                    tunnel.mode(),
                    true,
                    sentence,
                    1420,
                    51830,
                    List.of(),
                    List.of(
                        new Peer(
                            text,
                            text,
                            text,
                            false,
                            1L,
                            1L,
                            0,
                            peer.traffic(),
                            0,
                            List.of(),
                            Origin.OUTSIDE)),
                    new Reached(text, text, full.at()))),
            full.services(),
            full.rules(),
            List.of(),
            new Condition(Health.DOWN_4, full.at(), Diagnoses.named(text).finding()));
    box.router.diagnosis = Diagnoses.named(text);
    Pair pair = box.router.pair;
    box.router.pair =
        new Pair(pair.form(), true, text, text, text, sentence, pair.expires(), List.of(sentence));
    box.router.entries.clear();
    box.router.entries.add(new LogEntry(full.at(), LogEntry.Kind.CONFIG, text, text));
  }

  private static List<Document> pages(PageBox box, String language) throws IOException {
    List<Document> pages = new ArrayList<>();
    for (String path : box.pages(Whom.OWNER)) {
      pages.add(box.page(path, language));
    }
    for (Element link : box.page("/devices", language).select("a[href^=/devices/]")) {
      pages.add(box.page(link.attr("href"), language));
    }
    return pages;
  }

  /** What a page is made of, without its text and the values in it. */
  private static String bones(Element element) {
    return element.tagName()
        + element.attributes().asList().stream().map(Attribute::getKey).sorted().toList()
        + element.children().stream().map(PageXssTest::bones).collect(Collectors.joining())
        + "/";
  }

  private static void assertHarmless(Document page, String what) {
    for (Element element : page.getAllElements()) {
      String where = what + ": " + element.cssSelector();
      assertFalse(element.tagName().contains(MARK), where);
      if (element.tagName().equals("script")) {
        assertTrue(element.attr("src").startsWith("/assets/"), where);
        assertEquals("", element.data(), where);
      }
      for (Attribute attribute : element.attributes()) {
        String name = attribute.getKey();
        assertFalse(name.startsWith("on") || name.contains(MARK), () -> where + " " + name);
        assertFalse(name.equals("style") || name.equals("srcdoc"), () -> where + " " + name);
        if (ADDRESSES.contains(name)) {
          // A path of the box's own, which no name can make another host or a script of.
          assertTrue(
              attribute.getValue().matches("(/(?!/)|#|\\?).*"),
              () -> where + " " + attribute.getValue());
        }
        if (name.equals("data-post") || name.equals("data-api") || name.equals("data-then")) {
          assertTrue(
              attribute.getValue().matches("/[A-Za-z0-9/._%=+?&*-]*"),
              () -> where + " " + attribute.getValue());
        }
      }
    }
  }

  @Test
  void aNameIsTextOnEveryPage() throws Exception {
    List<String> harmless = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      harmless.add("name " + i);
    }
    try (PageBox other = PageBox.claimed()) {
      say(other, named(harmless), "text");
      for (String language : List.of("en", "ja")) {
        assertSameBones(pages(other, language), pages(box, language));
      }
    }
  }

  private static void assertSameBones(List<Document> before, List<Document> after) {
    StringBuilder seen = new StringBuilder();
    List<String> paths = box.pages(Whom.OWNER);
    assertEquals(before.size(), after.size());
    assertTrue(paths.size() < after.size(), "each device has a page");
    for (int i = 0; i < before.size(); i++) {
      String path = i < paths.size() ? paths.get(i) : "a device's page";
      assertHarmless(after.get(i), path);
      assertEquals(bones(before.get(i)), bones(after.get(i)), path);
      seen.append(after.get(i).wholeText());
    }
    for (String shown : NAMES.subList(0, 7)) {
      assertTrue(seen.toString().contains(shown), shown + " is on no page");
    }
    for (String shown : LINES) {
      String asParsed = shown.replace("\r\n", "\n").replace('\u0000', '\ufffd');
      assertTrue(
          seen.toString().replace("\r", "").contains(asParsed) || shown.contains("\u0000"),
          shown + " is on no page");
    }
  }

  @Test
  void whoHasNotSignedInSeesTextToo() throws Exception {
    for (String language : List.of("en", "ja")) {
      Document login =
          Jsoup.parse(
              box.ask(box.request("GET /login", null, "Accept-Language: " + language)).body());
      assertHarmless(login, "/login");
      assertTrue(login.title().contains("<script>zqx(1)</script>"), login.title());
    }
    for (String path :
        List.of("/claim?language=%22%3E%3Czqx%3E", "/%22%3E%3Czqx%3E", "/login?zqx=%3Czqx%3E")) {
      PageBox.Answer answer = box.get(path);
      assertFalse((answer.head() + answer.body()).contains("<zqx"), answer::toString);
    }
  }

  @Test
  void whatTurnsALineRoundIsInNoName() {
    for (String line : LINES) {
      List<String> names = new ArrayList<>(NAMES);
      String one = line.strip();
      names.set(2, one.substring(0, Math.min(one.length(), 60)));
      try {
        named(names);
        throw new AssertionError("this is taken as a name: " + line);
      } catch (Exception e) {
        assertFalse(e.getMessage().contains("\u202e"), e.getMessage());
        assertFalse(e.getMessage().contains("\u2028"), e.getMessage());
      }
    }
  }

  private static Stream<String> files(String hostile) {
    String file =
        """
        [Interface]
        PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=
        Address = 10.98.0.2/24
        DNS = 10.98.0.1
        MTU = 1400
        Table = auto
        FwMark = 0
        ListenPort = 51999
        SaveConfig = false
        PostUp = true
        [Peer]
        PublicKey = 04pmczdID+DdkKCFdEGVAHDSvAMKps+UB2PDACT9ygo=
        PresharedKey = /UwcSPg38hW/D9Y3tcS1FOV0K1wuURMbS0sesJEP5ak=
        Endpoint = vpn.example:51820
        AllowedIPs = 10.98.0.0/16
        PersistentKeepalive = 25
        """;
    List<String> files = new ArrayList<>();
    for (String line : file.lines().toList()) {
      String key = line.split(" = ", 2)[0];
      files.add(file.replace(line, line.contains(" = ") ? key + " = " + hostile : hostile));
      files.add(file.replace(line, line + " # " + hostile));
      files.add(file.replace(line, line + "\n" + hostile + " = 1"));
    }
    files.add(file.replace("vpn.example", hostile));
    files.add(file.replace("10.98.0.1\n", "10.98.0.1, " + hostile + "\n"));
    return files.stream();
  }

  /** Whatever a field of a file holds, it is refused with words, or it is text. */
  @Test
  void aFileIsTextWhateverIsInIt() throws Exception {
    int taken = 0;
    StoredConfig named = box.router.stored;
    for (String hostile : List.of(NAMES.get(1), LINES.get(0))) {
      for (String file : files(hostile).toList()) {
        RouterConfig config;
        try {
          config =
              RouterEdit.importTunnel(
                      FakeRouter.STORED.config(),
                      new TunnelName("branch"),
                      WgQuickFile.parse("branch.conf", file))
                  .config();
        } catch (ConfigException | Refused e) {
          continue;
        }
        taken++;
        StoredConfig was = FakeRouter.STORED;
        box.router.stored = new StoredConfig(9, was.savedAt(), "test", "tunnels", config);
        if (config.tunnels().toString().contains(MARK)) {
          assertHarmless(box.page("/tunnels", "en"), file);
        }
        PageBox.Answer out = box.get("/api/v1/tunnels/branch/conf");
        assertFile(out);
        assertFalse(out.body().contains("PostUp"), out.body());
      }
    }
    box.router.stored = named;
    assertTrue(taken > 0, "comments at least are taken");
    List<String> some = files(NAMES.get(1)).toList();
    for (String file : List.of(some.get(0), some.get(6), some.get(36), some.getLast())) {
      PageBox.Answer answer =
          box.change("POST", "/api/v1/tunnels", json(Map.of("name", "branch", "conf", file)));
      assertJson(answer);
    }
    assertJson(
        box.change(
            "POST", "/api/v1/tunnels", json(Map.of("name", NAMES.get(0), "conf", some.get(1)))));
  }

  /** What a browser never takes for a page, whatever is in it. */
  private static void assertJson(PageBox.Answer answer) {
    assertEquals(Reply.JSON, answer.header("content-type"), answer::toString);
    assertEquals("nosniff", answer.header("x-content-type-options"), answer::toString);
    assertEquals("", answer.header("x-zqx"), answer::toString);
    MAPPER.readTree(answer.body());
  }

  private static void assertFile(PageBox.Answer answer) {
    assertEquals(200, answer.status(), answer::toString);
    assertTrue(
        answer.header("content-disposition").matches("attachment; filename=\"[A-Za-z0-9_=+.-]+\""),
        answer.head());
    assertEquals("text/plain; charset=utf-8", answer.header("content-type"));
    assertEquals("nosniff", answer.header("x-content-type-options"));
  }

  @Test
  void aFilesNameBreaksNoHead() throws Exception {
    assertFile(box.get("/api/v1/log.txt"));
    for (String config : List.of("hq", "rest")) {
      assertFile(box.get("/api/v1/tunnels/" + config + "/conf"));
    }
    for (String name :
        List.of(
            "hq%22%0d%0aX-Zqx:%201", "%3Cscript%3E", "..%2f..%2fetc", "%22;x=%22", "%e2%80%a8")) {
      PageBox.Answer answer = box.get("/api/v1/tunnels/" + name + "/conf");
      assertEquals(400, answer.status(), answer::toString);
      assertJson(answer);
    }
    for (String name : NAMES) {
      PageBox.Answer made =
          box.change("POST", "/api/v1/devices", json(Map.of("form", "staff", "name", name + "2")));
      assertEquals(200, made.status(), made::toString);
      assertJson(made);
      String file = MAPPER.readTree(made.body()).path("file").asString();
      assertTrue(file.matches("noren-[A-Za-z0-9_-]+\\.conf"), file);
    }
  }

  /** What makes a page or a program of a text. */
  private static final Pattern DANGEROUS =
      Pattern.compile(
          "innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|DOMParser|srcdoc"
              + "|document\\.write|setHTML|\\beval\\b|\\bFunction\\(|setTimeout\\(\\s*['\"`]"
              + "|setAttribute\\(|\\.on[a-z]+ = ['\"`]|importScripts|postMessage|window\\.open");

  /** Where an address is made of something, and of what; each was looked at. */
  private static final Set<String> ADDRESSES_IN_SCRIPTS =
      Set.of(
          "location.href = '/login'",
          "location.href = element.dataset.then",
          "field.src = value ?? ''",
          "field.href = URL.createObjectURL(new Blob([value], { type: 'text/plain' }))",
          "location.href = '/'");

  @Test
  void scriptsMakeNothingOfText() throws IOException {
    List<Path> scripts;
    try (Stream<Path> all = Files.list(Path.of("src/main/resources/web"))) {
      scripts = all.filter(each -> each.toString().endsWith(".js")).toList();
    }
    assertTrue(scripts.size() >= 2, scripts.toString());
    Set<String> addresses = new TreeSet<>();
    for (Path script : scripts) {
      String text = Files.readString(script);
      assertEquals(
          List.of(),
          DANGEROUS
              .matcher(text.replace("setAttribute('aria-busy', 'true')", ""))
              .results()
              .map(m -> m.group())
              .toList(),
          script.toString());
      Pattern.compile("[\\w.]+\\.(?:href|src|action) = [^;]+")
          .matcher(text)
          .results()
          .forEach(m -> addresses.add(m.group()));
      Pattern.compile("\\bimport .* from '([^']+)'")
          .matcher(text)
          .results()
          .forEach(m -> assertTrue(m.group(1).startsWith("./"), m.group()));
    }
    addresses.removeAll(ADDRESSES_IN_SCRIPTS);
    assertEquals(Set.of(), addresses, "look at what this address is made of, and add it here");
  }

  @Test
  void templatesEscapeEverything() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("src/main/jte"))) {
      for (Path template : all.toList()) {
        assertFalse(Files.readString(template).contains("$unsafe"), template.toString());
      }
    }
  }
}
