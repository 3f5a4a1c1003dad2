package dev.noren.street;

import dev.noren.linux.Netns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** One host of a street: a network namespace, and the processes that a test runs in it. */
public final class Host implements AutoCloseable {
  private final String namespace;
  private final List<Running> started = new ArrayList<>();

  Host(String namespace) {
    this.namespace = namespace;
    Running.run("ip", "netns", "add", namespace).must();
    ip("link set dev lo up");
  }

  /** The name that {@code ip netns} knows. */
  public String namespace() {
    return namespace;
  }

  /**
   * Runs commands of {@code ip}, one per argument, the whole in one process; fails if one fails.
   */
  public void ip(String... commands) {
    Running.run(
            List.of("ip", "-n", namespace, "-batch", "-"),
            String.join("\n", commands) + "\n",
            Map.of())
        .must();
  }

  /** Runs a command in this host to its end, whatever its exit code. */
  public Ran run(String... command) {
    return Running.run(inside(List.of(command)), "", Map.of());
  }

  /** Its router's address, as it was told it. */
  public String gateway() {
    return must("ip", "-4", "route", "show", "default")
        .replaceAll("(?s)default via (\\S+).*", "$1");
  }

  /** Runs a command in this host to its end; returns what it printed, and fails if it fails. */
  public String must(String... command) {
    return run(command).must();
  }

  /** Runs a command with a text on standard input. */
  public Ran runWith(String stdin, String... command) {
    return Running.run(inside(List.of(command)), stdin, Map.of());
  }

  /** Runs a command with more in its environment. */
  public Ran runIn(Map<String, String> environment, String... command) {
    return Running.run(inside(List.of(command)), "", environment);
  }

  /** Runs a task of the test on a thread of its own in this host. */
  public <T> T inside(Callable<T> task) {
    try {
      return Netns.of(namespace).run(task);
    } catch (Exception e) {
      throw new AssertionError("in " + namespace, e);
    }
  }

  /** Starts a command in this host; it is ended with the host at the latest. */
  public Running start(Map<String, String> environment, List<String> command) {
    Running running = Running.start(inside(command), "", environment);
    started.add(running);
    return running;
  }

  /** Starts a command in this host; it is ended with the host at the latest. */
  public Running start(String... command) {
    return start(Map.of(), List.of(command));
  }

  /** Waits until some process of this host listens on a TCP port, whatever the address. */
  public void awaitListening(Running server, int port) {
    String local = ":%04X ".formatted(port);
    Wait.until(
        "a listener on TCP port " + port,
        Wait.LONG,
        () -> listens(server.pid(), "tcp", local) || listens(server.pid(), "tcp6", local),
        server::said);
  }

  /** Loads an nft script in this host. */
  public void nft(String script) {
    runWith(script, "nft", "-f", "-").must();
  }

  /** Ends what runs in it and removes it. Veths and tunnels in it go with it. */
  @Override
  public void close() {
    started.forEach(Running::close);
    started.clear();
    Machine.removeNamespace(namespace);
    if (Files.exists(etc())) {
      TempFolder.remove(etc());
      etc().getParent().toFile().delete();
    }
  }

  /** Gives this host a resolv.conf of its own, for what is started from here on. */
  public void resolvConf(String text) {
    etc("resolv.conf", text);
  }

  /** Gives this host its own file in /etc, for what is started from here on. */
  public void etc(String name, String text) {
    try {
      Files.createDirectories(etc());
      Files.writeString(etc().resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path etc() {
    return Path.of("/etc/netns", namespace);
  }

  /** Ends a process that was started in it. */
  public void end(Running running) {
    running.close();
    forget(running);
  }

  /** Lets go of a process that has been ended. */
  void forget(Running running) {
    started.remove(running);
  }

  /** Waits for a process's end, for what takes longer than {@link #run} allows. */
  public Ran finish(Running running, Duration atMost) {
    try (running) {
      started.remove(running);
      return running.await(atMost);
    }
  }

  private static boolean listens(long pid, String table, String local) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "net", table)).stream()
          .anyMatch(line -> line.contains(local) && line.contains(" 0A "));
    } catch (IOException e) {
      return false;
    }
  }

  private List<String> inside(List<String> command) {
    List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    whole.addAll(command);
    return whole;
  }
}
