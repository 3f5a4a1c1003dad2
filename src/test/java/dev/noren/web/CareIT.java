package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.noren.street.Browser;
import dev.noren.street.NorenRouter;
import dev.noren.street.ShopStreet;
import dev.noren.street.TempFolder;
import dev.noren.street.Wait;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/**
 * What an owner does once the box is set up: devices come, change and are lost, a change is taken
 * back, a second factor, a backup that a box of the same make takes after all was forgotten.
 */
class CareIT {
  private static final String DEVICE = "レジの端末";
  private static final String RENAMED = "奥のレジ";
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String BACKUP = "plum rain on a tin roof";

  private final TempFolder folder = new TempFolder();
  private ShopStreet street;
  private NorenRouter router;
  private Owner owner;
  private Browser page;

  @BeforeEach
  void build() {
    street = ShopStreet.router();
    router = new NorenRouter(street.noren());
    router.start();
    router.awaitStatus("it answers", "\"name\"");
    street.askForAddress(street.pc());
    owner = new Owner(street.pc(), router, 2);
    page = owner.browser();
  }

  @AfterEach
  void remove() {
    owner.close();
    router.close();
    street.close();
    folder.close();
  }

  @Test
  void anOwnersYearWithTheBox() throws IOException, InvalidKeyException {
    claimByKeyboard();
    owner.begin("remote", "people", "office", "deputy", "one");
    page.type("input[name=endpoint]", "203.0.113.9");
    owner.submit("/devices");
    devices();
    takesBack();
    secondFactor();
    notices();
    support();
    String sealed = backup();
    forget();
    owner.claim();
    restore(sealed);
  }

  /** From the first element on, with no pointer. */
  private void claimByKeyboard() throws IOException {
    owner.open("/");
    page.await("input[name=code]");
    page.script("document.activeElement.blur(); window.scrollTo(0, 0);");
    tab();
    assertEquals("skip", page.script("return document.activeElement.className"));
    tabTo("code");
    type(Files.readString(router.state().resolve("setup-code")).strip());
    tabTo("passphrase");
    type(Owner.PASSPHRASE);
    new Actions(page.driver()).sendKeys(Keys.ENTER).perform();
    page.await(".curtain");
  }

  private void tab() {
    new Actions(page.driver()).sendKeys(Keys.TAB).perform();
  }

  private void type(String text) {
    new Actions(page.driver()).sendKeys(text).perform();
  }

  private void tabTo(String field) {
    for (int i = 0; i < 20; i++) {
      if (field.equals(page.script("return document.activeElement.name"))) {
        return;
      }
      tab();
    }
    throw new AssertionError(field + " is not reached by the keyboard");
  }

  private void accept(String css) {
    page.click(css);
    page.driver().switchTo().alert().accept();
  }

  private static String device(String name) {
    return "[data-device='" + name + "']";
  }

  private void devices() {
    owner.addDevice("remote", DEVICE);
    page.click(device(DEVICE) + " a[href^='/devices/']");
    page.click("[data-opens=rename]");
    page.type("#rename input[name=name]", RENAMED);
    page.click("#rename [type=submit]");
    page.await(device(RENAMED));
    page.click(device(RENAMED) + " a[href^='/devices/']");
    page.click("[data-opens=expire]");
    String day = LocalDate.now(ZoneId.systemDefault()).plusMonths(2).toString();
    page.script("document.querySelector('#expire input[name=expires]').value = arguments[0]", day);
    page.click("#expire [type=submit]");
    page.awaitText(day);
    owner.look("device");
    owner.open("/devices");
    accept(device(RENAMED) + " .danger");
    page.awaitGone(device(RENAMED) + " .danger");
    owner.look("device-lost");
    owner.addDevice("remote", "二台目");
    accept(device("二台目") + " [data-method=DELETE]");
    page.awaitGone(device("二台目"));
  }

  /** A change on trial at once, and an older one by the history; what is lost stays lost. */
  private void takesBack() {
    owner.open("/tunnels");
    accept("[data-post='/api/v1/forms/remote']");
    page.await("#pending:not([hidden])");
    owner.look("pending");
    owner.open("/devices");
    page.await("#trial");
    assertFalse(page.has(device(RENAMED)), "the form is gone on trial");
    page.click("[data-post='/api/v1/changes/undo']");
    page.await(device(RENAMED));
    page.awaitGone("#pending:not([hidden])");
    owner.open("/care");
    accept("[data-post='/api/v1/history/3/rollback']");
    page.await("[data-post='/api/v1/history/7/rollback']");
    owner.look("history");
    owner.open("/devices");
    page.await(device(RENAMED));
    assertFalse(page.has(device(RENAMED) + " .danger"), "what was lost stays lost");
  }

  private void secondFactor() throws InvalidKeyException {
    owner.open("/care");
    page.click("[data-post='/api/v1/second-factor/secret']");
    String secret = page.await("#second-factor pre").getText();
    page.type("#second-factor input[name=code]", code(secret, 0));
    page.click("#second-factor [type=submit]");
    String recovery = page.await("#recovery pre").getText().lines().findFirst().orElseThrow();
    owner.look("recovery");
    page.click("#recovery [data-closes]");
    page.awaitGone("#recovery[open]");
    signInWith(recovery);
    signOut();
    // Each code is good once, and the one that showed the telephone's was of this half minute.
    signInWith(code(secret, 1));
    page.click("nav a[href='/care']");
    page.click("[data-opens=no-second-factor]");
    page.type("#no-second-factor input[name=passphrase]", Owner.PASSPHRASE);
    page.click("#no-second-factor [type=submit]");
    page.await("[data-post='/api/v1/second-factor/secret']");
  }

  private void signOut() {
    page.click("[data-post='/api/v1/logout']");
    page.await("input[name=code]");
  }

  private void signInWith(String code) {
    if (!page.has("form[data-api='/api/v1/login']")) {
      signOut();
    }
    page.type("input[name=passphrase]", Owner.PASSPHRASE);
    page.type("input[name=code]", code);
    page.click("form[data-api='/api/v1/login'] [type=submit]");
    page.await(".curtain");
  }

  private static String code(String secret, int stepsAhead) throws InvalidKeyException {
    var generator = new TimeBasedOneTimePasswordGenerator();
    Instant then = Instant.now().plus(generator.getTimeStep().multipliedBy(stepsAhead));
    return generator.generateOneTimePasswordString(
        new SecretKeySpec(bytes(secret.replace(" ", "")), "HmacSHA1"), then);
  }

  /** What base32 says (RFC 4648, 6), as the owner's telephone reads it. */
  private static byte[] bytes(String base32) {
    BigInteger all = BigInteger.ZERO;
    for (int i = 0; i < base32.length(); i++) {
      all = all.shiftLeft(5).or(BigInteger.valueOf(LETTERS.indexOf(base32.charAt(i))));
    }
    byte[] whole = all.setBit(base32.length() * 5).toByteArray();
    return Arrays.copyOfRange(whole, whole.length - base32.length() * 5 / 8, whole.length);
  }

  /** A file for who helps, of a router that runs: what the machine says is in it, and no key. */
  private void support() throws IOException {
    owner.open("/care");
    keepWhatIsSaved();
    page.click("form[data-api='/api/v1/support'] [name=hideAddresses]");
    page.click("form[data-api='/api/v1/support'] [type=submit]");
    String name = page.await("#supported a[href^='blob:']").getDomProperty("download");
    assertTrue(name.matches(".*-support-[0-9]{4}-[0-9]{2}-[0-9]{2}\\.txt"), name);
    assertTrue(!page.await("#supported a").getText().isBlank(), "it has a name");
    Wait.until("the file", () -> page.script("return window.saved ?? null") != null);
    String text = (String) page.script("return window.saved");
    assertTrue(text.contains("table inet noren") && text.contains("chain "), text);
    assertTrue(text.contains("made a support file") && text.contains("MemAvailable"), text);
    assertTrue(!text.contains("203.0.113.") && text.contains("public4-1"), text);
    for (String secret :
        List.of(
            Owner.PASSPHRASE,
            Files.readString(router.state().resolve("owner")).lines().findFirst().orElseThrow(),
            page.driver().manage().getCookieNamed("noren-session").getValue())) {
      assertTrue(!text.contains(secret.replaceFirst("^passphrase ", "")), "a secret");
    }
    page.click("#supported [data-closes]");
  }

  /** To be told by a webhook at which nobody listens, which a test of it says. */
  private void notices() {
    owner.open("/notices");
    page.click("[name=byWebhook]");
    page.type("[name=url]", "http://www.example:9/secret-hook");
    page.click("form[data-api='/api/v1/notices'] [type=submit]");
    page.await("form[data-api='/api/v1/notices/test'] [type=submit]");
    page.click("form[data-api='/api/v1/notices/test'] [type=submit]");
    String said = page.await("#tested[open]").getText();
    assertTrue(said.contains(":9"), said);
    page.screenshot("notices-tested");
    assertEquals(List.of(), page.violations());
    owner.open("/notices");
    page.screenshot("notices");
    assertTrue(!page.text().contains("secret-hook"), page.text());
  }

  private void keepWhatIsSaved() {
    page.script(
        "const make = URL.createObjectURL;"
            + "URL.createObjectURL = (file) => {"
            + " file.text().then((text) => { window.saved = text; });"
            + " return make.call(URL, file); };");
  }

  /** What the browser is given to save. */
  private String backup() {
    owner.open("/care");
    keepWhatIsSaved();
    page.type("form[data-api='/api/v1/backup'] input[name=passphrase]", BACKUP);
    page.click("form[data-api='/api/v1/backup'] [type=submit]");
    String name = page.await("#backed-up a[href^='blob:']").getDomProperty("download");
    assertTrue(name.endsWith(".noren"), name);
    Wait.until("the file", () -> page.script("return window.saved ?? null") != null);
    return (String) page.script("return window.saved");
  }

  private void forget() {
    owner.open("/care");
    page.type("form[data-api='/api/v1/reset'] input[name=name]", "another");
    page.click("form[data-api='/api/v1/reset'] [type=submit]");
    page.await("form[data-api='/api/v1/reset'] [role=alert]:not([hidden])");
    page.type("form[data-api='/api/v1/reset'] input[name=name]", name());
    page.click("form[data-api='/api/v1/reset'] [type=submit]");
    Wait.until("it has ended", Wait.LONG, () -> !router.isRunning(), router.process()::said);
    router.start();
    router.awaitStatus("a new box", "\"claimed\": ?false");
    street.askForAddress(street.pc());
    // It has another network of its own now.
    owner.close();
    owner = new Owner(street.pc(), router, 3);
    page = owner.browser();
  }

  private String name() {
    return page.driver().findElement(By.cssSelector(".brand small")).getText();
  }

  private void restore(String sealed) {
    owner.open("/care");
    page.click("[aria-labelledby=backup] summary");
    String form = "form[data-api='/api/v1/restore'] ";
    page.await(form + "[type=file]").sendKeys(folder.write("shop.noren", sealed));
    page.type(form + "input[name=passphrase]", "not this");
    page.click(form + "[type=submit]");
    page.await(form + "[role=alert]:not([hidden])");
    page.type(form + "input[name=passphrase]", BACKUP);
    page.click(form + "[type=submit]");
    owner.keep();
    owner.open("/devices");
    page.await(device(RENAMED));
    assertFalse(page.has(device(RENAMED) + " .danger"), "what was lost stays lost");
    assertTrue(router.noren("form", "list").must().contains("remote"));
  }
}
