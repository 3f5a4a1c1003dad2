package dev.noren.street;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who is at the router's page without a browser: a host's curl, with the cookie of a session. */
public final class PageUser {
  private static final String PASSPHRASE = "plover kettle ninth lantern";
  private static final Pattern COOKIE = Pattern.compile("(noren-session=[^;\\s]+)");

  private final Host host;
  private final String address;
  private String cookie = "";

  /**
   * Somebody who has not signed in.
   *
   * @param address where the page is
   */
  public PageUser(Host host, String address) {
    this.host = host;
    this.address = address;
  }

  /** Makes a new box its own by the set-up code. */
  public void claim(String code) {
    Ran claimed =
        host.run(
            "curl",
            "-sS",
            "-i",
            "--max-time",
            "10",
            "-H",
            "Origin: http://" + address,
            "-H",
            "Content-Type: application/json",
            "-d",
            "{\"code\": \"%s\", \"passphrase\": \"%s\"}".formatted(code, PASSPHRASE),
            "http://" + address + "/api/v1/claim");
    Matcher matcher = COOKIE.matcher(claimed.out());
    if (!matcher.find()) {
      throw new AssertionError("the box can't be claimed: " + claimed.said());
    }
    cookie = matcher.group(1);
  }

  /** Asks for something of the API, which has to be there. */
  public String ask(String path) {
    return host.must(
        "curl", "-sS", "-f", "--max-time", "10", "-b", cookie, "http://" + address + path);
  }

  /**
   * Has so many pages open that show what happens, and waits until each has been told something.
   */
  public List<Running> openPages(int count) {
    List<Running> pages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pages.add(
          host.start(
              Map.of(),
              List.of("curl", "-sSN", "-b", cookie, "http://" + address + "/api/v1/events")));
    }
    pages.forEach(
        each ->
            Wait.until(
                "a page hears", Wait.LONG, () -> each.said().contains("data: {"), each::said));
    return pages;
  }

  /** Closes them. */
  public void close(List<Running> pages) {
    pages.forEach(host::end);
  }
}
