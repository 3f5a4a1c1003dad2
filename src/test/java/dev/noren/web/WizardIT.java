package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Browser;
import dev.noren.street.Host;
import dev.noren.street.Keys;
import dev.noren.street.Machine;
import dev.noren.street.NorenRouter;
import dev.noren.street.ShopStreet;
import dev.noren.street.TempFolder;
import dev.noren.street.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Dimension;

/** From the wizard's first question to each way of use, by clicks; by one of them to traffic. */
class WizardIT {
  private static final String PASSPHRASE = "plover kettle ninth lantern";
  private static final String DEVICE = "佐藤さんのスマホ";
  private static final int[] WIDTHS = {390, 1100};

  private final TempFolder folder = new TempFolder();
  private final String wg = Machine.interfaceName();
  private ShopStreet street;
  private NorenRouter router;
  private Browser browser;
  private Map<String, String> environment;
  private String file;

  @BeforeEach
  void build() {
    street = ShopStreet.router();
    router = new NorenRouter(street.noren());
    router.start();
    router.awaitStatus("the line has an address", "\"address\": \"100\\.64\\.7\\.1\\d\\d/24\"");
    street.askForAddress(street.pc());
    street.pc().start("busybox", "httpd", "-f", "-p", "80", "-h", www());
    // What wg-quick hands name servers to, which this machine may not have.
    folder.script("resolvconf", "[ \"$1\" = -d ] || cat >" + folder.path() + "/dns\n");
    environment =
        Map.of(
            "PATH",
            folder.path() + ":" + System.getenv("PATH"),
            "WG_QUICK_USERSPACE_IMPLEMENTATION",
            "wireguard-go");
    browser = new Browser(street.pc(), Browser.Kind.PHONE_JAPANESE);
  }

  @AfterEach
  void remove() throws IOException {
    browser.close();
    street.phone().run("ip", "link", "del", "dev", wg);
    Files.deleteIfExists(Machine.SOCKETS.resolve(wg + ".sock"));
    router.close();
    street.close();
    folder.close();
  }

  private String www() {
    return street.folder().path().resolve("www").toString();
  }

  private static String address(Host host) {
    String all = host.must("ip", "-4", "-o", "addr", "show", "dev", "eth0");
    return all.replaceAll("(?s).* inet ([0-9.]+)/.*", "$1");
  }

  private String page(String path) {
    String route = street.pc().must("ip", "-4", "route", "show", "default");
    return "http://" + route.replaceAll("(?s)default via (\\S+).*", "$1") + path;
  }

  /** As a telephone shows it, and as a computer does. */
  private void look(String name) {
    for (int width : WIDTHS) {
      browser.driver().manage().window().setSize(new Dimension(width, 900));
      browser.screenshot("wizard-" + name + "-" + width);
      boolean wide =
          (Boolean)
              browser.script(
                  "return document.documentElement.scrollWidth"
                      + " > document.documentElement.clientWidth");
      assertFalse(wide, name + " fits into " + width);
    }
    assertEquals(List.of(), browser.violations(), name);
  }

  private void choose(String... choices) {
    for (String choice : choices) {
      browser.click(".choice[data-choice=" + choice + "]");
    }
  }

  /** Keeps the change that was made, and waits until it is kept. */
  private void keep() {
    browser.await("#pending:not([hidden])");
    browser.click("#pending button");
    Wait.until("it is kept", () -> !router.status().contains("\"secondsLeft\""));
    Wait.until("the page is fresh", () -> !has("#pending:not([hidden])"));
  }

  private boolean has(String css) {
    return (Boolean) browser.script("return !!document.querySelector(arguments[0])", css);
  }

  @Test
  void fromTheFirstQuestionToTrafficAndEachOfTheOtherWays() throws IOException {
    claim();
    questions();
    remote();
    device();
    traffic();
    site();
    desks();
    cloud();
    bundle();
    misfit();
    String forms = router.noren("form", "list").must();
    for (String name : List.of("remote", "shops", "desks", "cloud", "shop")) {
      assertTrue(forms.matches("(?s).*\\b" + name + "\\b.*"), forms);
    }
  }

  private void claim() throws IOException {
    browser.open(page("/"));
    browser.type(
        "input[name=code]", Files.readString(router.state().resolve("setup-code")).strip());
    browser.type("input[name=passphrase]", PASSPHRASE);
    browser.click("[type=submit]");
    browser.await(".curtain");
    look("home");
    browser.click("a[href='/start']");
  }

  /** Back works, and another language keeps what was answered. */
  private void questions() {
    browser.await("[data-choice=people]");
    look("connect");
    choose("people");
    browser.await("[data-choice=office]");
    look("guard");
    choose("desk");
    browser.await("[data-choice=deputy]");
    browser.driver().navigate().back();
    choose("office");
    browser.await("[data-choice=deputy]");
    look("runs");
    browser.click("[data-language=en]");
    browser.awaitText("Who looks after it?");
    assertTrue(browser.url().endsWith("/start?connect=people&guard=office&"), browser.url());
    look("runs-en");
    browser.click("[data-language=ja]");
    browser.awaitText("だれが面倒を見ますか");
    choose("deputy");
    browser.await("[data-choice=one]");
    look("shops");
    choose("one");
    browser.await("[data-form=remote][data-model=calls-in]");
    look("advice");
    browser.click("#go");
  }

  private void remote() {
    browser.await("#setup");
    look("remote");
    String text = browser.text();
    assertTrue(text.contains("CGNAT"), text);
    assertTrue(text.contains(address(street.noren())), "it finds its own address: " + text);
    browser.type("input[name=endpoint]", "not a name");
    browser.click("#setup [type=submit]");
    browser.await("#setup [role=alert]:not([hidden])");
    browser.type("input[name=endpoint]", address(street.noren()));
    submit("/devices");
    browser.await("[data-opens=new-device]");
  }

  private void device() {
    browser.click("[data-opens=new-device]");
    browser.type("#new-device input[name=name]", DEVICE);
    browser.click("#new-device [type=submit]");
    browser.await("#made[open]");
    String conf =
        (String) browser.script("return document.getElementById('made-conf').textContent");
    file = folder.write(wg + ".conf", conf);
    browser.click("#made [data-closes]");
    browser.await("[data-device='" + DEVICE + "']");
    browser.click("[data-opens=new-rule]");
    browser.type("#new-rule input[name=from]", "device:" + DEVICE);
    browser.type("#new-rule input[name=to]", address(street.pc()));
    browser.type("#new-rule input[name=services]", "tcp/80");
    browser.click("#new-rule [type=submit]");
    browser.await("[aria-labelledby=rules] td");
  }

  private void traffic() {
    Host phone = street.phone();
    phone.runIn(environment, "wg-quick", "up", file).must();
    String pc = "http://" + address(street.pc());
    Wait.until(
        "the shop's host",
        Wait.LONG,
        () -> phone.run("curl", "-sS", "--max-time", "4", pc + "/cgi-bin/who").ok(),
        () -> phone.run("curl", "-sS", "--max-time", "4", pc + "/cgi-bin/who").toString());
    Wait.until(
        "the page sees it",
        () -> {
          browser.open(page("/devices"));
          return has("[data-device='" + DEVICE + "'][data-state=good]");
        });
    phone.runIn(environment, "wg-quick", "down", file).must();
  }

  private void begin(String name, String... answers) {
    browser.open(page("/start"));
    choose(answers);
    browser.click("#go");
    browser.await("#setup");
    look(name);
  }

  /** Makes the form, and is led to where the next thing is done. */
  private void submit(String next) {
    browser.click("#setup [type=submit]");
    Wait.until("it leads to " + next, () -> browser.url().endsWith(next));
    keep();
  }

  private void site() {
    begin("site", "shops", "office", "expert", "two");
    submit("/shops");
    browser.await("[aria-labelledby=invite] select");
  }

  private void desks() {
    begin("vdi", "people", "desk", "expert", "one");
    browser.type("input[name=endpoint]", "omise.example");
    browser.type("[data-names=desk-1]", "店長");
    browser.type("#desk-1", address(street.pc()));
    submit("/devices");
    String form = router.noren("form", "show", "desks").must();
    assertTrue(form.contains("店長") && form.contains("tcp/3389"), form);
  }

  private void cloud() {
    begin("cloud", "people", "cloud", "expert", "one");
    Keys far = Keys.generate();
    browser.type(
        "textarea[name=conf]",
        """
        [Interface]
        PrivateKey = %s
        Address = 10.60.0.2/32
        [Peer]
        PublicKey = %s
        Endpoint = vpn.example:51820
        AllowedIPs = 10.60.0.0/16
        """
            .formatted(Keys.generate().privateKey(), far.publicKey()));
    browser.type("input[name=provider]", "例の会社");
    browser.type("input[name=country]", "ＪＰ");
    submit("/");
    browser.await("[data-tunnel=cloud]");
  }

  private void bundle() {
    begin("router", "both", "office", "expert", "two");
    browser.type("input[name=endpoint]", "omise.example");
    submit("/shops");
  }

  /** It says plainly for what it is not made. */
  private void misfit() {
    browser.open(page("/start?connect=shops&guard=office&runs=nobody&shops=many"));
    browser.await("[data-unfit=nobody]");
    browser.await("[data-unfit=many]");
    look("unfit");
  }
}
