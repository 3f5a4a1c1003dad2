package dev.noren.street;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
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
  private final Map<String, String> environment = new HashMap<>();
  private String before = "";
  private String board;
  private Running process;

  /** A router that is not started yet and has no document. */
  public NorenRouter(Host host) {
    this.host = host;
    this.state = folder.path().resolve("state");
    environment.put("LOG_LEVEL", "debug");
    environment.put("NOREN_MACHINE_ID", host.namespace());
    folder.folder("state");
    Running.run("mknod", folder.path() + "/tun", "c", "10", "200").must();
    Running.run("chown", "-R", USER + ":" + USER, folder.path().toString()).must();
    Running.run("chmod", "0711", folder.path().toString()).must();
    Running.run("chmod", "0700", state.toString()).must();
  }

  /** Saves a whole document, or has the running router try it. */
  public void configure(String json) {
    offer(json).must();
  }

  /** The same, whether it is taken or not. */
  public Ran offer(String json) {
    return noren("config", "import", file("document.json", json));
  }

  /** Writes a file that its user alone may read, and returns where. */
  public String file(String name, String text) {
    String file = folder.write(name, text);
    Running.run("chown", USER, file).must();
    return file;
  }

  /** Has the running router follow a whole document from now on. */
  public void changeTo(String json) {
    configure(json);
    noren("config", "confirm").must();
  }

  /** Has it run a copy of a program, which no profile of AppArmor confines. */
  public void useCopyOf(String program) {
    folder.folder("bin");
    Path copy = folder.path().resolve("bin").resolve(program);
    Running.run("sh", "-c", "cp \"$(command -v \"$0\")\" \"$1\"", program, copy.toString()).must();
    environment.put("PATH", copy.getParent() + ":" + System.getenv("PATH"));
  }

  /**
   * Has it and its commands find no such program from now on.
   *
   * @param file the program's file, or none for all as it was
   */
  public void hide(String file) {
    before = file.isEmpty() ? "" : "mount --bind /dev/null " + file + " && ";
  }

  /** Has it have what the text of a board's file says, from the next start on. */
  public void useBoard(String text) {
    board = folder.write("board", text);
    Running.run("chmod", "0644", board).must();
  }

  /** Starts it, and returns at once. */
  public void start() {
    start(Map.of());
  }

  /** Starts it with more in its environment. */
  public void start(Map<String, String> more) {
    List<String> command = new ArrayList<>(asUser());
    command.addAll(List.of(Maker.launcher(), "run", "--state", state.toString()));
    if (board != null) {
      command.addAll(List.of("--board", board));
    }
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    process = host.start(all, command);
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
        "mount --bind \"$0\" /dev/net/tun && " + before + "exec \"$@\"",
        folder.path() + "/tun",
        "setpriv",
        "--reuid=" + USER,
        "--regid=" + USER,
        "--clear-groups",
        "--inh-caps=" + CAPABILITIES,
        "--ambient-caps=" + CAPABILITIES);
  }

  /** Runs a router that is expected to end by itself, with or without its capabilities. */
  public Ran runToEnd(boolean capable) {
    List<String> command = new ArrayList<>(asUser());
    if (!capable) {
      command.removeLast();
      command.removeLast();
      command.add("--inh-caps=-all");
    }
    command.addAll(List.of(Maker.launcher(), "run", "--state", state.toString()));
    return host.runIn(environment, command.toArray(String[]::new));
  }

  /** What it says of itself, as JSON. */
  public String status() {
    Ran ran = noren("status", "--json");
    return ran.ok() ? ran.out() : ran.err();
  }

  /**
   * What a counter of its firewall has counted, packets; -1 where there is none.
   *
   * @param name how the counter's name begins
   */
  public long counted(String name) {
    String status = status();
    Matcher counted =
        Pattern.compile("\"name\": ?\"" + name + "[^}]*\"packets\": ?(\\d+)").matcher(status);
    return counted.find() ? Long.parseLong(counted.group(1)) : -1;
  }

  /** Waits until that counter has counted more. */
  public void awaitCounted(String name, long before) {
    Wait.until(name + " counts", Wait.LONG, () -> counted(name) > before, this::status);
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

  /** Whether it has been started and has not ended. */
  public boolean isRunning() {
    return process != null && process.isAlive();
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

  /** One file of its state. */
  public String read(String file) {
    try {
      return Files.readString(state.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files of its state, as text, by their names; what vanishes meanwhile is not there. */
  public String allFiles() {
    StringBuilder all = new StringBuilder();
    try {
      Files.walkFileTree(
          state,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
              try {
                String text = is.isRegularFile() ? Files.readString(file) : "";
                all.append(file).append('\n').append(text).append('\n');
              } catch (NoSuchFileException e) {
                return FileVisitResult.CONTINUE;
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
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
