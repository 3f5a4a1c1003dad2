package dev.noren.street;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * Debian's Chromium in a host, driven as a person would. Its driver stays outside of the host and
 * speaks with it over a pipe.
 */
public final class Browser implements AutoCloseable {
  private static final Path SCREENS = Path.of("target/screens");
  private static final String NOT_OF_THE_PAGE = "does not belong to the document";
  private static final int DESKTOP = 1100;
  private static final int PHONE = 390;

  private final TempFolder folder = new TempFolder();
  private final ChromeDriver driver;

  /** How it is held and what it speaks. */
  public enum Kind {
    DESKTOP_ENGLISH("en", Browser.DESKTOP),
    DESKTOP_JAPANESE("ja", Browser.DESKTOP),
    PHONE_ENGLISH("en", Browser.PHONE),
    PHONE_JAPANESE("ja", Browser.PHONE);

    private final String language;
    private final int width;

    Kind(String language, int width) {
      this.language = language;
      this.width = width;
    }

    public String language() {
      return language;
    }

    /** Pixels. */
    public int width() {
      return width;
    }
  }

  /** A browser that has nothing open yet. */
  public Browser(Host host, Kind kind) {
    folder.script(
        "chromium", "exec ip netns exec %s chromium \"$@\"\n".formatted(host.namespace()));
    folder.folder("profile");
    ChromeOptions options = new ChromeOptions();
    // The box's own certificate is known to no browser.
    options.setAcceptInsecureCerts(true);
    options.setBinary(folder.path().resolve("chromium").toFile());
    options.setExperimentalOption(
        "prefs",
        Map.of(
            "intl.accept_languages",
            kind.language,
            "download.default_directory",
            folder.path().toString()));
    options.addArguments(
        List.of(
            "--headless=new",
            "--remote-debugging-pipe",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--hide-scrollbars",
            "--lang=" + kind.language,
            "--user-data-dir=" + folder.path().resolve("profile")));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
            .withLogFile(folder.path().resolve("driver.log").toFile())
            .build();
    driver = new ChromeDriver(service, options);
    driver.manage().window().setSize(new Dimension(kind.width, 900));
    driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(30));
  }

  /** Opens an address. */
  public void open(String url) {
    driver.get(url);
  }

  /** Where it is. */
  public String url() {
    return driver.getCurrentUrl();
  }

  /** Waits until something is there and seen, and gives it. */
  public WebElement await(String css) {
    WebElement[] found = new WebElement[1];
    Wait.until(
        css + " on the page",
        Wait.LONG,
        () -> {
          try {
            found[0] = driver.findElement(By.cssSelector(css));
            return found[0].isDisplayed();
          } catch (NoSuchElementException | StaleElementReferenceException e) {
            return false;
          } catch (WebDriverException e) {
            return isOfAnotherPage(e);
          }
        },
        () -> url() + "\n" + text());
    return found[0];
  }

  /** Whether something is on the page, seen or not. */
  public boolean has(String css) {
    return (Boolean) script("return !!document.querySelector(arguments[0])", css);
  }

  /** Waits until something is no longer there, as after a page was made anew. */
  public void awaitGone(String css) {
    Wait.until(css + " is gone", Wait.LONG, () -> !has(css), () -> url() + "\n" + text());
  }

  /** Waits until the page has this text somewhere. */
  public void awaitText(String text) {
    Wait.until(
        text + " on the page", Wait.LONG, () -> text().contains(text), () -> url() + "\n" + text());
  }

  /** What a person reads. */
  public String text() {
    try {
      return driver.findElement(By.tagName("body")).getText();
    } catch (NoSuchElementException | StaleElementReferenceException e) {
      return "";
    }
  }

  /** Types into a field, in place of what is there. */
  public void type(String css, String text) {
    act(
        css,
        field -> {
          field.clear();
          field.sendKeys(text);
        });
  }

  /** Clicks. */
  public void click(String css) {
    act(css, WebElement::click);
  }

  /** A page that is made anew just then has another element in its place. */
  private void act(String css, Consumer<WebElement> what) {
    Wait.until(
        css + " on the page that stays",
        () -> {
          try {
            what.accept(await(css));
            return true;
          } catch (StaleElementReferenceException e) {
            return false;
          } catch (WebDriverException e) {
            return isOfAnotherPage(e);
          }
        });
  }

  /** Chromium's own words for what is stale: then it is not there yet; anything else is thrown. */
  private static boolean isOfAnotherPage(WebDriverException e) {
    if (e.getMessage() != null && e.getMessage().contains(NOT_OF_THE_PAGE)) {
      return false;
    }
    throw e;
  }

  /** Runs a script in the page. */
  public Object script(String script, Object... arguments) {
    return ((JavascriptExecutor) driver).executeScript(script, arguments);
  }

  /** Selenium's own, for what is not here. */
  public ChromeDriver driver() {
    return driver;
  }

  /** Keeps what is seen as target/screens/NAME.png, the whole page from top to bottom. */
  public void screenshot(String name) {
    try {
      Files.createDirectories(SCREENS);
      Object height = script("return document.documentElement.scrollHeight");
      Dimension before = driver.manage().window().getSize();
      driver
          .manage()
          .window()
          .setSize(
              new Dimension(
                  before.width, Math.clamp(((Number) height).longValue() + 150, 900, 4000)));
      Files.write(SCREENS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
      driver.manage().window().setSize(before);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What axe-core finds wrong with the page, a line each. */
  @SuppressWarnings("unchecked")
  public List<String> violations() {
    script(axe());
    Map<String, Object> results =
        (Map<String, Object>)
            ((JavascriptExecutor) driver)
                .executeAsyncScript(
                    "const done = arguments[arguments.length - 1];"
                        + "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',"
                        + " 'wcag22aa', 'best-practice']}).then(done);");
    return ((List<Map<String, Object>>) results.get("violations"))
        .stream()
            .map(
                each ->
                    each.get("id")
                        + ": "
                        + each.get("help")
                        + " "
                        + ((List<Map<String, Object>>) each.get("nodes"))
                            .stream().map(node -> node.get("html")).toList())
            .toList();
  }

  private static String axe() {
    try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
    folder.close();
  }
}
