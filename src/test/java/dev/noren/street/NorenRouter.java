package dev.noren.street;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A router process in a host, as the image runs it: {@code noren run} under a user of its own with
 * three capabilities, and all its state in one folder.
 */
public final class NorenRouter implements AutoCloseable {
  /** No user of this machine; the router needs none in /etc/passwd. */
  private static final String USER = "64321";

  private static final String CAPABILITIES = "+net_admin,+net_raw,+net_bind_service";
  private static final Duration TO_END = Duration.ofSeconds(30);

  private final Host host;
  private final TempFolder folder = new TempFolder();
  private final Path state;
  private Running process;

  /** A router that is not started yet and has no document. */
  public NorenRouter(Host host) {
    this.host = host;
    this.state = folder.path().resolve("state");
    folder.folder("state");
    Running.run("mknod", folder.path() + "/tun", "c", "10", "200").must();
    Running.run("chown", "-R", USER + ":" + USER, folder.path().toString()).must();
    Running.run("chmod", "0711", folder.path().toString()).must();
    Running.run("chmod", "0700", state.toString()).must();
  }

  /** Saves a whole document while it does not run. */
  public void configure(String json) {
    String file = folder.write("document.json", json);
    Running.run("chown", USER, file).must();
    noren("config", "import", file).must();
  }

  /** Starts it, and returns at once. */
  public void start() {
    List<String> command = new ArrayList<>(asUser());
    command.addAll(List.of(Maker.launcher(), "run", "--state", state.toString()));
    process =
        host.start(Map.of("LOG_LEVEL", "debug", "NOREN_MACHINE_ID", host.namespace()), command);
  }

  /** Runs a command of the router's command line as its user. */
  public Ran noren(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--state", state.toString()));
    List<String> command = new ArrayList<>(asUser());
    command.add(Maker.launcher());
    command.addAll(all);
    return host.run(command.toArray(String[]::new));
  }

  /** A user's own TUN node, since who may open the machine's differs from machine to machine. */
  private List<String> asUser() {
    return List.of(
        "sh",
        "-c",
        "mount --bind \"$0\" /dev/net/tun && exec \"$@\"",
        folder.path() + "/tun",
        "setpriv",
        "--reuid=" + USER,
        "--regid=" + USER,
        "--clear-groups",
        "--inh-caps=" + CAPABILITIES,
        "--ambient-caps=" + CAPABILITIES);
  }

  /** What it says of itself, as JSON. */
  public String status() {
    Ran ran = noren("status", "--json");
    return ran.ok() ? ran.out() : ran.err();
  }

  /** Waits until a tunnel has shaken hands. */
  public void awaitHandshake() {
    awaitStatus("the tunnel has shaken hands", "\"handshakeAgeSeconds\": ?\\d");
  }

  /** Waits until its status has something in it that this regular expression finds. */
  public void awaitStatus(String what, String expression) {
    Pattern pattern = Pattern.compile(expression);
    Wait.until(
        what,
        Duration.ofSeconds(60),
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("the router has ended, said: " + process.said());
          }
          return pattern.matcher(status()).find();
        },
        () -> status() + process.said());
  }

  /** Ends it as an init does. */
  public Ran stop() {
    process.terminate();
    return host.finish(process, TO_END);
  }

  /** Ends it without a warning. */
  public void kill() {
    process.killAlone();
  }

  public Running process() {
    return process;
  }

  /** Its state folder. */
  public Path state() {
    return state;
  }

  /** All files of its state, as text, by their names. */
  public String allFiles() {
    StringBuilder all = new StringBuilder();
    try (var files = Files.walk(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(file).append('\n').append(Files.readString(file)).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toString();
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
    folder.close();
  }
}
