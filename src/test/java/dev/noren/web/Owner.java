package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.noren.street.Browser;
import dev.noren.street.Host;
import dev.noren.street.NorenRouter;
import dev.noren.street.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.openqa.selenium.Dimension;

/**
 * The shop's owner at its computer or with a telephone in its network, who only clicks and types.
 */
final class Owner implements AutoCloseable {
  static final String PASSPHRASE = "plover kettle ninth lantern";
  private static final List<Browser.Kind> KINDS =
      List.of(
          Browser.Kind.PHONE_JAPANESE,
          Browser.Kind.DESKTOP_ENGLISH,
          Browser.Kind.DESKTOP_JAPANESE,
          Browser.Kind.PHONE_ENGLISH);

  private final Host host;
  private final NorenRouter router;
  private final Browser browser;
  private final String gateway;
  private Browser.Kind kind;

  /**
   * Sits down; the host has an address of the shop's network.
   *
   * @param turn which language and width come first, from 0
   */
  Owner(Host host, NorenRouter router, int turn) {
    this(host, router, host.gateway(), turn);
  }

  /**
   * The same, where the box is not what the host has as its router.
   *
   * @param address the box's own
   */
  Owner(Host host, NorenRouter router, String address, int turn) {
    this.host = host;
    this.router = router;
    this.kind = kind(turn);
    this.gateway = address;
    this.browser = new Browser(host, kind);
  }

  private static Browser.Kind kind(int turn) {
    return KINDS.get(turn % KINDS.size());
  }

  Browser browser() {
    return browser;
  }

  /** The computer's or telephone's own address. */
  String address() {
    return address(host);
  }

  /** A host's address at its port. */
  static String address(Host host) {
    String all = host.must("ip", "-4", "-o", "addr", "show", "dev", "eth0");
    return all.replaceAll("(?s).* inet ([0-9.]+)/.*", "$1");
  }

  void open(String path) {
    browser.open("http://" + gateway + path);
  }

  /**
   * Takes what is held otherwise and speaks the other language from now on, as this turn has it.
   */
  void turn(int turn) {
    kind = kind(turn);
    browser.driver().manage().window().setSize(new Dimension(kind.width(), 900));
    open("/");
    if (!has("html[lang=" + kind.language() + "]")) {
      browser.click("[data-language=" + kind.language() + "]");
      browser.await("html[lang=" + kind.language() + "]");
    }
  }

  /** Looks at what is seen: it fits, and nothing of it shuts anybody out. */
  void look(String name) {
    browser.screenshot("wizard-%s-%s-%d".formatted(name, kind.language(), kind.width()));
    boolean wide =
        (Boolean)
            browser.script(
                "return document.documentElement.scrollWidth"
                    + " > document.documentElement.clientWidth");
    assertFalse(wide, name + " fits into " + kind.width());
    assertEquals(List.of(), browser.violations(), name);
  }

  boolean has(String css) {
    return browser.has(css);
  }

  /** Makes a new box its own. */
  void claim() throws IOException {
    claim("");
  }

  /** The same, of which the answer is lost on its way to the browser. */
  void claimUnheard() throws IOException {
    claim(
        """
        const ask = window.fetch;
        window.fetch = async (...what) => {
          await ask(...what);
          window.fetch = ask;
          throw new TypeError('lost');
        };
        """);
  }

  private void claim(String before) throws IOException {
    open("/");
    browser.script(before);
    browser.type(
        "input[name=code]", Files.readString(router.state().resolve("setup-code")).strip());
    browser.type("input[name=passphrase]", PASSPHRASE);
    browser.click("[type=submit]");
    browser.await(".curtain");
  }

  /** Answers the wizard's questions. */
  void choose(String... choices) {
    for (String choice : choices) {
      browser.click(".choice[data-choice=" + choice + "]");
    }
  }

  /** Answers them all and goes on to what the form needs. */
  void begin(String name, String... answers) {
    open("/start");
    choose(answers);
    browser.click("#go");
    browser.await("#setup");
    look(name);
  }

  /** Makes the form, and is led to where the next thing is done. */
  void submit(String next) {
    browser.click("#setup [type=submit]");
    Wait.until("it leads to " + next, () -> browser.url().endsWith(next));
    keep();
  }

  /** Keeps the change that was made, and waits until it is kept. */
  void keep() {
    browser.await("#pending:not([hidden])");
    browser.click("#pending button");
    Wait.until("it is kept", () -> !router.status().contains("\"secondsLeft\""));
    browser.awaitGone("#pending:not([hidden])");
  }

  /** Adds a device, and returns the file that is shown this once. */
  String addDevice(String form, String name) {
    String conf = makeDevice(form, name);
    closeMade(name);
    return conf;
  }

  /** Adds a device, and goes on looking at the file, which is returned. */
  String makeDevice(String form, String name) {
    open("/devices");
    browser.click("[data-opens=new-device]");
    browser.script(
        "document.querySelector('#new-device select[name=form]').value = arguments[0]", form);
    browser.type("#new-device input[name=name]", name);
    browser.click("#new-device [type=submit]");
    browser.await("#made[open]");
    return (String) browser.script("return document.getElementById('made-conf').textContent");
  }

  /** Has seen enough of a new device's file. */
  void closeMade(String name) {
    browser.click("#made [data-closes]");
    browser.await("[data-device='" + name + "']");
  }

  /** Lets a device reach one service of a host. */
  void allow(String device, String to, String service) {
    browser.click("[data-opens=new-rule]");
    browser.click("#new-rule input[value='device:" + device + "']");
    browser.click("#new-rule summary");
    browser.type("#new-rule [data-adds=to]", to);
    browser.type("#new-rule [data-adds=services]", service);
    browser.click("#new-rule [type=submit]");
    Wait.until(
        "there is a rule for " + device,
        Wait.LONG,
        () ->
            (Boolean)
                browser.script(
                    "return [...document.querySelectorAll('[aria-labelledby=rules] td')]"
                        + ".some(each => each.textContent.includes(arguments[0]))",
                    device),
        browser::text);
  }

  @Override
  public void close() {
    browser.close();
  }
}
