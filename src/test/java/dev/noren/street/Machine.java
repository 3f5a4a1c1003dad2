package dev.noren.street;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine under the street: what it must have, and names that nobody else on it uses. */
public final class Machine {
  /** Where the UAPI sockets are; network namespaces do not part them. */
  public static final Path SOCKETS = Path.of("/var/run/wireguard");

  private static final int MOST_REMOVERS = 10;

  private static final List<String> TOOLS =
      List.of("ip", "nft", "wg", "wireguard-go", "ping", "iperf3", "tcpdump", "wg-quick");

  /** What is ours, with the number of the process that made it, wherever it lies. */
  private static final Pattern OURS = Pattern.compile("^nr(\\d+)[-i]\\S+");

  /** Where it may lie, besides among the namespaces. */
  private static final List<Path> PLACES =
      List.of(Path.of(System.getProperty("java.io.tmpdir")), Path.of("/etc/netns"), SOCKETS);

  /** What the names of all interfaces of this JVM's begin with. */
  private static final String INTERFACES = "nr" + ProcessHandle.current().pid() + "i";

  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final Set<AutoCloseable> OPEN = ConcurrentHashMap.newKeySet();

  /** Held while a street is built, so that none is forgotten when the JVM ends. */
  static final Object BUILDING = new Object();

  private static boolean ready;
  private static volatile boolean ending;

  private Machine() {}

  /**
   * Fails with one sentence where namespaces or a TUN device can't be made; sweeps, once, what an
   * earlier run that was killed has left.
   */
  static synchronized void prepare() {
    if (ending) {
      throw new AssertionError("No more streets are built: this JVM is being ended.");
    }
    if (ready) {
      return;
    }
    if (!isRoot()) {
      throw new AssertionError(
          "The namespace tests need root: run them as root, or run `make unit` alone.");
    }
    if (!Files.exists(Path.of("/dev/net/tun"))) {
      throw new AssertionError(
          "The namespace tests need /dev/net/tun: load the tun module or pass the device in.");
    }
    for (String tool : TOOLS) {
      if (!onPath(tool)) {
        throw new AssertionError(
            "The namespace tests need `" + tool + "`: `make test` installs it on Debian.");
      }
    }
    sweep();
    Runtime.getRuntime().addShutdownHook(new Thread(Machine::end, "sweeper"));
    ready = true;
  }

  private static void end() {
    synchronized (BUILDING) {
      ending = true;
    }
    for (AutoCloseable street : OPEN) {
      try {
        street.close();
      } catch (Exception e) {
        System.err.println("A street could not be removed: " + e);
      }
    }
    String[] sockets = SOCKETS.toFile().list((folder, name) -> name.startsWith(INTERFACES));
    for (String socket : sockets == null ? new String[0] : sockets) {
      removeSocket(socket.replaceFirst("\\.sock$", ""));
    }
  }

  /** Removes the folders of this JVM's own that whoever made them can't remove any more. */
  static void removeOwnFolders() {
    String[] names =
        PLACES.getFirst().toFile().list((folder, name) -> name.startsWith(folderName("")));
    for (String name : names == null ? new String[0] : names) {
      removeQuietly(PLACES.getFirst().resolve(name));
    }
  }

  /** A name of at most 15 characters that is unique on this machine, for an interface. */
  public static String interfaceName() {
    return INTERFACES + NEXT.incrementAndGet();
  }

  /** What the name of a folder for temporary files begins with. */
  static String folderName(String what) {
    return "nr" + ProcessHandle.current().pid() + "-" + what;
  }

  static String streetName() {
    return "nr" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet();
  }

  static void opened(AutoCloseable street) {
    OPEN.add(street);
  }

  static void closed(AutoCloseable street) {
    OPEN.remove(street);
  }

  /** Ends every process that is still in a namespace of ours, by its id, and removes it. */
  static void removeNamespace(String namespace) {
    for (String pid : Running.run("ip", "netns", "pids", namespace).out().lines().toList()) {
      ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(ProcessHandle::destroyForcibly);
    }
    Running.run("ip", "netns", "del", namespace);
  }

  /** Removes the socket that a killed process has left. */
  public static void removeSocket(String interfaceName) {
    try {
      Files.deleteIfExists(SOCKETS.resolve(interfaceName + ".sock"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void sweep() {
    for (String line : Running.run("ip", "netns", "list").out().lines().toList()) {
      ofTheDead(line).ifPresent(Machine::removeNamespace);
    }
    for (Path place : PLACES) {
      String[] names = place.toFile().list((folder, name) -> ofTheDead(name).isPresent());
      for (String name : names == null ? new String[0] : names) {
        removeQuietly(place.resolve(name));
      }
    }
  }

  /** Another JVM may be about to remove the same. */
  private static void removeQuietly(Path path) {
    for (int i = 0; i < MOST_REMOVERS && Files.exists(path); i++) {
      try {
        TempFolder.remove(path);
      } catch (UncheckedIOException e) {
        if (i + 1 == MOST_REMOVERS) {
          System.err.println("What a killed run has left can't be removed: " + e.getMessage());
        }
      }
    }
  }

  /** The name at a line's begin, where its maker no longer lives. */
  private static Optional<String> ofTheDead(String line) {
    Matcher name = OURS.matcher(line);
    return name.find() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
        ? Optional.of(name.group())
        : Optional.empty();
  }

  private static boolean onPath(String tool) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    return Pattern.compile(":").splitAsStream(path).anyMatch(f -> new File(f, tool).canExecute());
  }
}
