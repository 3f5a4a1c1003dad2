package dev.noren.street;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who is at the router's page without a browser: a host's curl, with the cookie of a session. */
public final class PageUser {
  private static final int PART_BYTES = 256 << 10;
  private static final String PASSPHRASE = "plover kettle ninth lantern";
  private static final String LOGIN = "{\"passphrase\": \"%s\"}".formatted(PASSPHRASE);
  private static final Pattern COOKIE = Pattern.compile("(noren-session=[^;\\s]+)");
  private static final Pattern PROOF = Pattern.compile("\"proof\": ?\"([^\"]+)\"");

  private final Host host;
  private final String address;
  private final String mostSeconds;
  private String cookie = "";

  /**
   * Somebody who has not signed in.
   *
   * @param address where the page is
   */
  public PageUser(Host host, String address) {
    this(host, address, 10);
  }

  /** The same with the patience that a slow box takes. */
  public PageUser(Host host, String address, int mostSeconds) {
    this.host = host;
    this.address = address;
    this.mostSeconds = Integer.toString(mostSeconds);
  }

  /**
   * Makes a new box its own by the set-up code. Where the answer alone is lost, as when the box
   * sets its clock meanwhile, it is entered as the page does it then.
   */
  public void claim(String code) {
    String claim = "{\"code\": \"%s\", \"passphrase\": \"%s\"}".formatted(code, PASSPHRASE);
    if (!isEntered(post("/api/v1/claim", claim)) && !isEntered(post("/api/v1/login", LOGIN))) {
      enter("/api/v1/claim", claim);
    }
  }

  /** Signs in to the box that is its own, as after its start. */
  public void signIn() {
    enter("/api/v1/login", LOGIN);
  }

  /** Once more, if an answer is lost, as when the box sets its clock meanwhile. */
  private void enter(String path, String json) {
    Ran said = post(path, json);
    if (!isEntered(said) && !said.ok()) {
      said = post(path, json);
    }
    if (!isEntered(said)) {
      throw new AssertionError("the box can't be entered: " + said.said());
    }
  }

  private boolean isEntered(Ran said) {
    Matcher matcher = COOKIE.matcher(said.out());
    boolean found = matcher.find();
    cookie = found ? matcher.group(1) : cookie;
    return found;
  }

  private Ran post(String path, String json) {
    return host.run(
        "curl",
        "-sS",
        "-i",
        "--max-time",
        mostSeconds,
        "-H",
        "Origin: http://" + address,
        "-H",
        "Content-Type: application/json",
        "-d",
        json,
        "http://" + address + path);
  }

  /** Asks for something of the API, which has to be there. */
  public String ask(String path) {
    return host.must(
        "curl", "-sS", "-f", "--max-time", mostSeconds, "-b", cookie, "http://" + address + path);
  }

  /**
   * Gives the box a file with a new version, in parts as the page does.
   *
   * @param work a folder for the parts
   */
  public void giveUpdate(Path file, Path work) {
    long bytes = file.toFile().length();
    Running.run(
            "split", "-a", "4", "-d", "-b", Integer.toString(PART_BYTES), file + "", work + "/part")
        .must();
    String proof = proof();
    StringBuilder requests = new StringBuilder();
    for (int i = 0; (long) i * PART_BYTES < bytes; i++) {
      requests.append(
          """
          url = "http://%s/api/v1/update?offset=%d&of=%d"
          data-binary = "@%s/part%04d"
          header = "Origin: http://%1$s"
          header = "X-Noren-Proof: %s"
          header = "Content-Type: application/octet-stream"
          cookie = "%s"
          silent
          show-error
          fail-with-body
          max-time = 60
          next
          """
              .formatted(address, (long) i * PART_BYTES, bytes, work, i, proof, cookie));
    }
    Path config = work.resolve("requests");
    try {
      Files.writeString(config, requests.toString().replaceFirst("next\n$", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    host.finish(host.start("curl", "--fail-early", "-K", config.toString()), Duration.ofMinutes(10))
        .must();
  }

  /** Sends something to the API as the page does, and returns what it says; fails if it fails. */
  public String send(String path, String json) {
    String proof = proof();
    return host.must(
        "curl",
        "-sS",
        "--fail-with-body",
        "--max-time",
        "60",
        "-b",
        cookie,
        "-H",
        "Origin: http://" + address,
        "-H",
        "X-Noren-Proof: " + proof,
        "-H",
        "Content-Type: application/json",
        "-d",
        json,
        "http://" + address + path);
  }

  private String proof() {
    Matcher proof = PROOF.matcher(ask("/api/v1/session"));
    if (!proof.find()) {
      throw new AssertionError("there is no session");
    }
    return proof.group(1);
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
