package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.bench.ProcessFigures;
import dev.noren.street.Browser;
import dev.noren.street.NorenRouter;
import dev.noren.street.Running;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import dev.noren.street.WgEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a new box to traffic in a tunnel, from the shop's computer and by clicks alone. */
class FirstStartIT {
  /** What the router may take with its page, MB of 2^20 bytes, as the kernel counts it. */
  private static final double MOST_MEGABYTES = 120;

  private static final String PASSPHRASE = "柿の種 三丁目 走る鯨 九月";

  private ShopStreet street;
  private ShopTunnel tunnel;
  private NorenRouter router;
  private Browser browser;

  @BeforeEach
  void build() {
    street = ShopStreet.router();
    tunnel = new ShopTunnel(street);
    router = new NorenRouter(street.noren());
    router.start();
    router.awaitStatus("it answers", "\"name\"");
    street.askForAddress(street.pc());
    browser = new Browser(street.pc(), Browser.Kind.DESKTOP_JAPANESE);
  }

  @AfterEach
  void remove() {
    browser.close();
    router.close();
    tunnel.close();
    street.close();
  }

  private void look(String name) {
    browser.screenshot(name);
    assertEquals(List.of(), browser.violations(), name);
  }

  @Test
  void aNewBoxBecomesTheOwnersAndHasATunnel() throws IOException {
    claim();
    tunnel();
    others();
    signIn();
    // All of it was asked for by then, the words that passphrases are compared with among it.
    double peak = peak("with its page");
    assertTrue(peak < MOST_MEGABYTES, peak + " MB");
    browser.click("nav a[href='/care']");
    https();
    signInOverHttps();
    // Whoever wants HTTPS too pays for it, by what the compiler makes of its ciphers meanwhile.
    peak("with its page over HTTPS too");
  }

  private double peak(String what) {
    double peak = ProcessFigures.peakMegabytes(router.process().pid());
    System.out.printf("The router %s took %.0f MB at most.%n", what, peak);
    return peak;
  }

  private void claim() throws IOException {
    browser.open("http://" + street.pc().gateway() + "/");
    browser.await("input[name=code]");
    assertTrue(browser.url().endsWith("/claim"), browser.url());
    look("claim-ja");
    browser.type("input[name=code]", "WRNG-CQDE");
    browser.type("input[name=passphrase]", PASSPHRASE);
    browser.click("[type=submit]");
    browser.awaitText("設定コードが違います");
    String code = Files.readString(router.state().resolve("setup-code")).strip();
    browser.type("input[name=code]", code.toLowerCase(Locale.ROOT));
    browser.click("[type=submit]");
    browser.await(".curtain");
    look("home-new-ja");
    assertFalse(Files.exists(router.state().resolve("setup-code")), "the code is void");
  }

  private void tunnel() {
    browser.click("nav a[href='/tunnels']");
    browser.type("input[name=name]", "ｈｑ");
    browser.type("textarea[name=conf]", "[Interface]\nPrivateKey = x\n");
    browser.click("[type=submit]");
    browser.awaitText("PrivateKey");
    browser.type(
        "textarea[name=conf]",
        """
        [Interface]
        PrivateKey = %s
        Address = %s/32
        PostUp = touch /tmp/never
        [Peer]
        PublicKey = %s
        Endpoint = vpn.example:%d
        AllowedIPs = 10.50.0.0/16
        PersistentKeepalive = 25
        """
            .formatted(
                tunnel.keys().privateKey(),
                ShopTunnel.OWN_4,
                tunnel.far().publicKey(),
                WgEnd.PORT));
    browser.click("[type=submit]");
    browser.await("#pending:not([hidden])");
    browser.awaitText("PostUp");
    look("tunnels-ja");
    browser.click("#pending button");
    // It is there while the change is on trial, too.
    browser.awaitGone("#pending:not([hidden])");
    browser.await("[data-tunnel=hq]");
    browser.click("nav a[href='/']");
    try (Running ping = street.pc().start("ping", "-n", "-i", "0.5", ShopStreet.HQ_4)) {
      browser.await("[data-part=far][data-state=good]");
      assertTrue(ping.isAlive(), ping.said());
      browser.await(".curtain[data-signal], .cloth.lit");
      look("home-ja");
    }
  }

  /** Each of the other pages, in the other language too. */
  private void others() {
    for (String page : List.of("devices", "shops", "check", "care")) {
      browser.click("nav a[href='/" + page + "']");
      browser.await("nav a[href='/" + page + "'][aria-current=page]");
      look(page + "-ja");
    }
    browser.click("[data-language=en]");
    browser.await("html[lang=en]");
    look("care-en");
  }

  /** Its own certificate is shown as the one that a browser sees. */
  private void https() {
    browser.click("[data-post='/api/v1/certificate']");
    String print = browser.await(".fingerprint").getText();
    look("care-https-en");
    Wait.until(
        "the page over HTTPS",
        () -> street.pc().run("curl", "-skf", "https://" + street.pc().gateway() + "/login").ok());
    String seen =
        street
            .pc()
            .must(
                "sh",
                "-c",
                "openssl s_client -connect \"$0:443\" </dev/null 2>/dev/null"
                    + " | openssl x509 -noout -fingerprint -sha256",
                street.pc().gateway());
    assertTrue(seen.strip().endsWith(print), seen + print);
  }

  private void signIn() {
    browser.click("[data-post='/api/v1/logout']");
    browser.await("input[name=passphrase]");
    look("login-en");
    browser.type("input[name=passphrase]", "not this one");
    browser.click("[type=submit]");
    browser.awaitText("The passphrase is not right");
    browser.type("input[name=passphrase]", PASSPHRASE);
    browser.click("[type=submit]");
    browser.await(".curtain");
  }

  /** From the page over HTTP to the one over HTTPS, by the browser that was told to go on. */
  private void signInOverHttps() {
    browser.click("[data-post='/api/v1/logout']");
    browser.click("a.secure");
    browser.awaitGone("a.secure");
    browser.await("input[name=passphrase]");
    assertTrue(browser.url().startsWith("https://" + street.pc().gateway() + "/"), browser.url());
    browser.await("html[lang=en]");
    look("login-https-en");
    browser.type("input[name=passphrase]", PASSPHRASE);
    browser.click("[type=submit]");
    browser.await(".curtain");
    assertTrue(browser.url().startsWith("https://"), browser.url());
    // What it changes there is taken, too.
    browser.click("nav a[href='/care']");
    browser.click("#page-tunnels ~ form input[value=hq]");
    browser.click("form[data-api='/api/v1/page-tunnels'] [type=submit]");
    browser.await("#page-tunnels ~ form input[value=hq]:checked");
    look("care-https-page-en");
  }
}
