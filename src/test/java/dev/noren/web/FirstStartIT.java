package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Browser;
import dev.noren.street.NorenRouter;
import dev.noren.street.ShopStreet;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first start, from the shop's computer: the box becomes somebody's. */
class FirstStartIT {
  private ShopStreet street;
  private NorenRouter router;
  private Browser browser;

  @BeforeEach
  void build() {
    street = ShopStreet.router();
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
    street.close();
  }

  /** What the shop's computer was told is its router. */
  private String gateway() {
    return street
        .pc()
        .must("ip", "-4", "route", "show", "default")
        .replaceAll("(?s)default via (\\S+).*", "$1");
  }

  @Test
  void whoHasTheSetupCodeMakesItTheirs() throws IOException {
    String page = "http://" + gateway() + "/";
    browser.open(page);
    browser.await("input[name=code]");
    assertTrue(browser.url().endsWith("/claim"), browser.url());
    browser.screenshot("claim-ja");
    assertEquals(List.of(), browser.violations());
    browser.type("input[name=code]", "WRNG-CQDE");
    browser.type("input[name=passphrase]", "柿の種 三丁目 走る鯨 九月");
    browser.click("[type=submit]");
    browser.awaitText("設定コードが違います");
    String code = Files.readString(router.state().resolve("setup-code")).strip();
    browser.type("input[name=code]", code.toLowerCase());
    browser.click("[type=submit]");
    browser.await(".curtain");
    browser.screenshot("home-ja");
    assertEquals(List.of(), browser.violations());
  }
}
