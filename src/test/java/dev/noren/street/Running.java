package dev.noren.street;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that a test has started. What it says goes to files, so that no thread has to read it
 * and a full pipe never stops it. It is ended by its own process id, with its children.
 */
public final class Running implements AutoCloseable {
  private static final Duration AT_MOST = Duration.ofSeconds(60);

  private final List<String> command;
  private final Process process;
  private final Path folder;

  private Running(List<String> command, Process process, Path folder) {
    this.command = command;
    this.process = process;
    this.folder = folder;
  }

  /**
   * Starts a command.
   *
   * @param stdin what it finds on standard input (as a file, so it may open /dev/stdin)
   * @param environment added to the test's own
   */
  public static Running start(List<String> command, String stdin, Map<String, String> environment) {
    try {
      Path folder = Files.createTempDirectory(Machine.folderName("run"));
      File in = new File("/dev/null");
      if (!stdin.isEmpty()) {
        in = Files.writeString(folder.resolve("in"), stdin).toFile();
      }
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(in)
              .redirectOutput(folder.resolve("out").toFile())
              .redirectError(folder.resolve("err").toFile());
      builder.environment().putAll(environment);
      return new Running(List.copyOf(command), builder.start(), folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + command, e);
    }
  }

  /** Runs a command to its end, within a minute. */
  public static Ran run(List<String> command, String stdin, Map<String, String> environment) {
    try (Running running = start(command, stdin, environment)) {
      return running.await(AT_MOST);
    }
  }

  /** Runs a command on the machine itself, not in a host. */
  public static Ran run(String... command) {
    return run(List.of(command), "", Map.of());
  }

  /** Waits for the end; a process that takes longer is killed and fails the test. */
  public Ran await(Duration atMost) {
    try {
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
        throw new AssertionError(
            "`%s` was still running after %d s, said: %s"
                .formatted(String.join(" ", command), atMost.toSeconds(), said()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The test was interrupted while it waited.", e);
    }
    return new Ran(command, process.exitValue(), read("out"), read("err"));
  }

  /** Waits for its end, however long that takes. */
  public void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** All it has said until now, standard output first. */
  public String said() {
    return read("out") + read("err");
  }

  /** Standard output until now. */
  public String out() {
    return read("out");
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Sends SIGINT, as Ctrl-C does. */
  public void interrupt() {
    run("kill", "-INT", Long.toString(pid())).must();
  }

  /** Sends SIGKILL to it and its children, and waits until it is gone. */
  public void kill() {
    List<ProcessHandle> children;
    try (Stream<ProcessHandle> all = process.descendants()) {
      children = all.toList();
    }
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    boolean interrupted = Thread.interrupted();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends SIGKILL to it and not to its children, and waits until it is gone. */
  public void killAlone() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills it if it runs, and forgets what it said. */
  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
    for (String name : List.of("in", "out", "err", "")) {
      try {
        Files.deleteIfExists(folder.resolve(name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private String read(String name) {
    try {
      Path file = folder.resolve(name);
      return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
