package dev.noren.services;

import dev.noren.text.Failed;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * wget(1), which fetches files. It says nothing of who asks, keeps nothing, has none of the
 * router's rights, ends with it, and gets neither more bytes nor more time than it is given.
 */
public final class Wget {
  /** How long nothing may come. */
  private static final int SILENCE_SECONDS = 20;

  private static final int DISK = 3;
  private static final int NETWORK = 4;
  private static final int CERTIFICATE = 5;
  private static final int SERVER = 8;

  /** Ended by the signal for a file that is too large. */
  private static final int TOO_LARGE = 128 + 25;

  private static final Pattern ERROR = Pattern.compile("ERROR (\\d{3})");

  private final CommandRunner commands;

  /** Runs it by this. */
  public Wget(CommandRunner commands) {
    this.commands = commands;
  }

  /**
   * Fetches a file.
   *
   * @param url where it is, over HTTP or HTTPS
   * @param into the file that it becomes; after a failure there may be a part of it
   * @param mostBytes how long it may be
   * @param time how long all of it may take
   * @param tries how often it may be begun or gone on with where the connection breaks
   * @throws IOException with a sentence
   */
  public void fetch(String url, Path into, long mostBytes, Duration time, int tries)
      throws IOException {
    if (commands.find("wget").isEmpty()) {
      throw new MissingProgramException("wget");
    }
    CommandRunner.Result result;
    try {
      result = commands.tryRun(command(url, into, mostBytes, tries), "", time);
    } catch (SlowProgramException e) {
      throw new Failed(Sentence.of("news.slow", host(url), time.toMinutes()), e);
    }
    String said = result.output();
    switch (result.exitCode()) {
      case 0 -> {}
      case TOO_LARGE -> throw new Failed("news.too-large", host(url), mostBytes);
      case NETWORK -> throw new Failed(network(said), host(url));
      case CERTIFICATE -> throw new Failed("news.certificate", host(url));
      case SERVER -> {
        Matcher error = ERROR.matcher(said);
        throw new Failed("news.server", host(url), error.find() ? error.group(1) : "?");
      }
      default ->
          throw said.contains("File too large")
              ? new Failed("news.too-large", host(url), mostBytes)
              : new Failed(
                  result.exitCode() == DISK ? "news.not-written" : "news.not-fetched",
                  last(said, result.exitCode()));
    }
  }

  private static List<String> command(String url, Path into, long mostBytes, int tries) {
    return List.of(
        "prlimit",
        "--fsize=" + mostBytes,
        "setpriv",
        "--pdeathsig",
        "TERM",
        "--inh-caps=-all",
        "--ambient-caps=-all",
        "wget",
        "--no-config",
        "--no-verbose",
        "--no-hsts",
        "--no-cookies",
        "--no-netrc",
        "--no-proxy",
        "--max-redirect=3",
        "--timeout=" + SILENCE_SECONDS,
        "--tries=" + tries,
        "--waitretry=" + SILENCE_SECONDS,
        "--user-agent=Noren",
        "--output-document=" + into,
        url);
  }

  /** Names are asked of the box's own server, so no line and no name look alike. */
  private static String network(String said) {
    return said.contains("unable to resolve") ? "news.no-name" : "news.no-answer";
  }

  /** A part of the address that says whom it is about. */
  private static String host(String url) {
    try {
      String host = URI.create(url).getHost();
      return host == null ? url : host;
    } catch (IllegalArgumentException e) {
      return url;
    }
  }

  private static String last(String said, int exitCode) {
    return said.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .reduce((before, line) -> line)
        .orElse("exit code " + exitCode);
  }
}
