package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Browser;
import dev.noren.street.FarNoren;
import dev.noren.street.Host;
import dev.noren.street.Keys;
import dev.noren.street.Machine;
import dev.noren.street.Maker;
import dev.noren.street.NorenRouter;
import dev.noren.street.Ran;
import dev.noren.street.ShopStreet;
import dev.noren.street.TempFolder;
import dev.noren.street.Wait;
import dev.noren.street.WgEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From the wizard's first question to traffic by each of the five ways of use, by clicks. The ways
 * alternate in language and width.
 */
class WizardIT {
  private static final String DEVICE = "佐藤さんのスマホ";
  private static final Pattern DIGITS = Pattern.compile("digits +(\\d{3} ?\\d{3})");
  private static final String CLOUD_4 = "10.60.0.1";
  private static final String RDP = "3389";

  private final TempFolder folder = new TempFolder();
  private final String wg = Machine.interfaceName();
  private ShopStreet street;
  private FarNoren far;
  private NorenRouter router;
  private WgEnd cloud;
  private Owner owner;
  private Browser page;
  private Map<String, String> environment;

  @BeforeEach
  void build() {
    street = ShopStreet.router();
    far = new FarNoren(street);
    far.router().configure(far.document("", ""));
    far.router().start();
    router = new NorenRouter(street.noren());
    router.start();
    router.awaitStatus("the line has an address", "\"address\": \"100\\.64\\.7\\.1\\d\\d/24\"");
    street.askForAddress(street.pc());
    serve("80");
    serve(RDP);
    cloud = new WgEnd(street.web(), Maker.GO);
    cloud.start();
    cloud.identify();
    cloud.up(1420, CLOUD_4 + "/16");
    // What wg-quick hands name servers to, which this machine may not have.
    folder.script("resolvconf", "[ \"$1\" = -d ] || cat >" + folder.path() + "/dns\n");
    environment =
        Map.of(
            "PATH",
            folder.path() + ":" + System.getenv("PATH"),
            "WG_QUICK_USERSPACE_IMPLEMENTATION",
            "wireguard-go");
  }

  private void serve(String port) {
    String www = street.folder().path().resolve("www").toString();
    street.pc().start("busybox", "httpd", "-f", "-p", port, "-h", www);
  }

  @AfterEach
  void remove() throws IOException {
    if (owner != null) {
      owner.close();
    }
    street.phone().run("ip", "link", "del", "dev", wg);
    Files.deleteIfExists(Machine.SOCKETS.resolve(wg + ".sock"));
    cloud.close();
    router.close();
    far.close();
    street.close();
    folder.close();
  }

  @Test
  void fromTheFirstQuestionToTrafficByEachWay() throws IOException {
    all(0);
  }

  @Tag("soak")
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theSameInOtherLanguagesAndWidths(int turn) throws IOException {
    all(turn);
  }

  private void all(int turn) throws IOException {
    owner = new Owner(street.pc(), router, turn);
    page = owner.browser();
    owner.claim();
    owner.look("home");
    page.click("a[href='/start']");
    questions();
    remote();
    owner.turn(turn + 1);
    desks();
    owner.turn(turn + 2);
    cloud();
    owner.turn(turn + 3);
    bundle();
    owner.turn(turn + 4);
    site();
    misfit();
    String forms = router.noren("form", "list").must();
    for (String name : List.of("remote", "shops", "desks", "cloud", "shop")) {
      assertTrue(forms.matches("(?s).*\\b" + name + "\\b.*"), forms);
    }
  }

  /** Back works, and another language keeps what was answered. */
  private void questions() {
    page.await("[data-choice=people]");
    owner.look("connect");
    owner.choose("people");
    page.await("[data-choice=office]");
    owner.look("guard");
    owner.choose("desk");
    page.await("[data-choice=deputy]");
    page.driver().navigate().back();
    owner.choose("office");
    page.await("[data-choice=deputy]");
    owner.look("runs");
    boolean english = owner.has("html[lang=en]");
    page.click("[data-language=" + (english ? "ja" : "en") + "]");
    page.awaitText(english ? "だれが面倒を見ますか" : "Who looks after it?");
    assertTrue(page.url().endsWith("/start?connect=people&guard=office&"), page.url());
    page.click("[data-language=" + (english ? "en" : "ja") + "]");
    page.awaitText(english ? "Who looks after it?" : "だれが面倒を見ますか");
    owner.choose("deputy");
    page.await("[data-choice=one]");
    owner.look("shops");
    owner.choose("one");
    page.await("[data-form=remote][data-model=calls-in]");
    owner.look("advice");
    page.click("#go");
  }

  private void remote() {
    page.await("#setup");
    owner.look("remote");
    String text = page.text();
    assertTrue(text.contains("CGNAT"), text);
    assertTrue(text.contains(Owner.address(street.noren())), "it finds its own address: " + text);
    page.type("input[name=endpoint]", "not a name");
    page.click("#setup [type=submit]");
    page.await("#setup [role=alert]:not([hidden])");
    page.type("input[name=endpoint]", Owner.address(street.noren()));
    owner.submit("/devices");
    String conf = owner.makeDevice("remote", DEVICE);
    page.await("#proof[data-state=waiting]");
    owner.look("made");
    whileCalledIn(
        conf,
        () -> {
          proved();
          owner.allow(DEVICE, owner.address(), "tcp/80");
          reached(street.phone(), owner.address());
          Wait.until(
              "the page sees it",
              () -> {
                owner.open("/devices");
                return owner.has("[data-device='" + DEVICE + "'][data-state=good]");
              });
        });
  }

  /** The open dialog hears the telephone, and it is kept that the shop is reached from outside. */
  private void proved() {
    Wait.until(
        "the page has heard the telephone",
        Wait.LONG,
        () -> {
          street.phone().run("curl", "-s", "--max-time", "1", "http://" + owner.address());
          return owner.has("#proof[data-state=good]");
        },
        page::text);
    owner.look("proved");
    owner.closeMade(DEVICE);
    page.await("[data-device='" + DEVICE + "'] [data-origin=outside]");
    page.await("[data-reached=remote][data-proved=yes]");
    owner.look("reached");
  }

  /** Does something while a telephone abroad is in the tunnel of a file, as stock wg-quick is. */
  private void whileCalledIn(String conf, Runnable what) {
    String file = folder.write(wg + ".conf", conf);
    Host phone = street.phone();
    phone.runIn(environment, "wg-quick", "up", file).must();
    what.run();
    phone.runIn(environment, "wg-quick", "down", file).must();
  }

  /** Waits until a web server says as whom it sees who asks. */
  private static String reached(Host from, String server) {
    String url = "http://" + server + "/cgi-bin/who";
    String[] seen = new String[1];
    Wait.until(
        url,
        Wait.LONG,
        () -> {
          Ran ran = from.run("curl", "-sS", "--max-time", "4", url);
          seen[0] = ran.out().strip();
          return ran.ok();
        },
        () -> from.run("curl", "-sS", "--max-time", "4", url).toString());
    return seen[0];
  }

  /** Its devices reach the desk, and nothing else of the same computer. */
  private void desks() {
    owner.begin("vdi", "people", "desk", "expert", "one");
    page.type("input[name=endpoint]", Owner.address(street.noren()));
    page.type("[data-names=desk-1]", "店長");
    page.type("#desk-1", owner.address());
    owner.submit("/devices");
    String form = router.noren("form", "show", "desks").must();
    assertTrue(form.contains("店長") && form.contains("tcp/" + RDP), form);
    whileCalledIn(
        owner.addDevice("desks", "desk phone"),
        () -> {
          reached(street.phone(), owner.address() + ":" + RDP);
          Ran other = street.phone().run("curl", "-sS", "--max-time", "2", owner.address());
          assertFalse(other.ok(), other.toString());
        });
  }

  private void cloud() {
    Keys keys = Keys.generate();
    cloud.set("peer", keys.publicKey(), "allowed-ips", "10.60.0.2/32");
    owner.begin("cloud", "people", "cloud", "expert", "one");
    page.type(
        "textarea[name=conf]",
        """
        [Interface]
        PrivateKey = %s
        Address = 10.60.0.2/32
        [Peer]
        PublicKey = %s
        Endpoint = %s:%d
        AllowedIPs = 10.60.0.0/16
        """
            .formatted(keys.privateKey(), cloud.publicKey(), ShopStreet.WEB_4, WgEnd.PORT));
    page.type("input[name=provider]", "例の会社");
    page.type("input[name=country]", "ＪＰ");
    owner.submit("/");
    page.await("[data-tunnel=cloud]");
    assertEquals("10.60.0.2", reached(street.pc(), CLOUD_4));
  }

  private void bundle() {
    owner.begin("router", "both", "office", "expert", "two");
    page.type("input[name=endpoint]", Owner.address(street.noren()));
    owner.submit("/shops");
    String conf = owner.addDevice("shop", "bundle phone");
    owner.allow("bundle phone", owner.address(), "tcp/80");
    whileCalledIn(conf, () -> reached(street.phone(), owner.address()));
  }

  /** The other shop, which can be called from outside, invites; the owner joins. */
  private void site() {
    owner.begin("site", "shops", "office", "expert", "two");
    owner.submit("/shops");
    page.await("[aria-labelledby=invite] [type=submit]");
    String invitation = far.router().noren("invite", far.name(), "--shop", "Ueno").must().strip();
    page.type("textarea[name=invitation]", invitation);
    page.type("[aria-labelledby=join] input[name=shop]", "銀座");
    page.click("[aria-labelledby=join] [type=submit]");
    Wait.until(
        "there are digits to compare",
        Wait.LONG,
        () -> {
          owner.open("/shops");
          return owner.has(".digits");
        },
        page::text);
    owner.look("digits");
    assertEquals(digitsThere(), page.await(".digits").getText().replaceAll("\\D", ""));
    page.click("[data-post$='/accept']");
    far.router().noren("pair", "accept", far.name()).must();
    reached(street.pc(), ShopStreet.HQ_4);
    Wait.until(
        "the page sees it",
        () -> {
          owner.open("/shops");
          return owner.has("[aria-labelledby=state] [data-state=good]");
        });
    owner.look("joined");
  }

  /** The inviting shop has its digits a message later than the one that joins. */
  private String digitsThere() {
    StringBuilder digits = new StringBuilder();
    Wait.until(
        "the inviting shop has digits to compare",
        () -> {
          Matcher there = DIGITS.matcher(far.router().noren("pair").must());
          return there.find() && !digits.append(there.group(1).replace(" ", "")).isEmpty();
        });
    return digits.toString();
  }

  /** It says plainly for what it is not made. */
  private void misfit() {
    owner.open("/start?connect=shops&guard=office&runs=nobody&shops=many");
    page.await("[data-unfit=nobody]");
    page.await("[data-unfit=many]");
    owner.look("unfit");
  }
}
