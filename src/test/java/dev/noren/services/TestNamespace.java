package dev.noren.services;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A network namespace of a test's own, gone with all its processes when it is closed. */
public final class TestNamespace implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final long TIMEOUT_SECONDS = 30;

  private final String name = unique();
  private final List<Process> processes = new ArrayList<>();

  /** Makes the namespace with its loopback up and a resolv.conf of its own. */
  public TestNamespace() throws IOException {
    Path etc = Files.createDirectories(Path.of("/etc/netns", name));
    Files.writeString(etc.resolve("resolv.conf"), "nameserver 192.0.2.53\n");
    host("ip", "netns", "add", name);
    run("ip", "link", "set", "lo", "up");
  }

  /** A name that no other test of any process has, short enough for an interface. */
  public static String unique() {
    return "nrc" + ProcessHandle.current().pid() + (char) ('a' + COUNT.getAndIncrement() % 26);
  }

  /** The namespace's name. */
  public String name() {
    return name;
  }

  /** What a command has to begin with to run in here. */
  public List<String> prefix() {
    return List.of("ip", "netns", "exec", name);
  }

  /** Runs a command in here, which must end with 0, and returns what it printed. */
  public String run(String... command) throws IOException {
    return run(Map.of(), command);
  }

  /** As {@link #run(String...)}, with these environment variables. */
  public String run(Map<String, String> environment, String... command) throws IOException {
    return finish(builder(environment, command).start(), command);
  }

  /** Starts a command in here, which is ended with the namespace. */
  public Process start(Map<String, String> environment, String... command) throws IOException {
    Process process =
        builder(environment, command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    processes.add(process);
    return process;
  }

  private ProcessBuilder builder(Map<String, String> environment, String... command) {
    List<String> all = new ArrayList<>(prefix());
    all.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder;
  }

  private static void host(String... command) throws IOException {
    finish(new ProcessBuilder(command).redirectErrorStream(true).start(), command);
  }

  private static String finish(Process process, String... command) throws IOException {
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " failed: " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return output;
  }

  @Override
  public void close() throws IOException {
    for (Process process : processes) {
      process.destroy();
      process.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }
    host("ip", "netns", "del", name);
    Files.deleteIfExists(Path.of("/etc/netns", name, "resolv.conf"));
    Files.deleteIfExists(Path.of("/etc/netns", name));
  }
}
