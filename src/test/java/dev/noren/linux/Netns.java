package dev.noren.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** A network namespace that lives as long as a test; needs root. */
public final class Netns implements AutoCloseable {
  private static final int CLONE_NEWNET = 0x40000000;

  static {
    Native.register(Netns.class, NativeLibrary.getProcess());
  }

  private final String name;

  private Netns(String name) {
    this.name = name;
  }

  private static native int setns(int fd, int kind);

  /** A name that no other run uses at the same time. */
  public static String unique(String suffix) {
    return "nrl" + ProcessHandle.current().pid() + suffix;
  }

  /** A new namespace, empty but for its loopback interface, which is up. */
  public static Netns create(String suffix) throws IOException {
    Netns netns = new Netns(unique(suffix));
    command("ip", "netns", "add", netns.name);
    netns.ip("link", "set", "lo", "up");
    return netns;
  }

  /** One that somebody else has made, and removes. */
  public static Netns of(String name) {
    return new Netns(name);
  }

  /** Its name as iproute2 knows it. */
  public String name() {
    return name;
  }

  /** Runs ip inside. */
  public String ip(String... arguments) throws IOException {
    return command(join(new String[] {"ip", "-n", name}, arguments));
  }

  /** Runs lines of ip inside, one right after the other. */
  public void batch(String... lines) throws IOException {
    Path file = Files.createTempFile(name, ".ip");
    try {
      Files.write(file, List.of(lines));
      ip("-batch", file.toString());
    } finally {
      Files.delete(file);
    }
  }

  /** The index of an interface inside. */
  public int index(String link) throws IOException {
    String line = ip("-o", "link", "show", "dev", link);
    return Integer.parseInt(line.substring(0, line.indexOf(':')));
  }

  /** Whether there is an interface of that name inside. */
  public boolean has(String link) throws IOException {
    return ip("-o", "link", "show")
        .lines()
        .map(line -> line.split("[:@] *", 3)[1])
        .anyMatch(link::equals);
  }

  /** Runs a program inside. */
  public String exec(String... arguments) throws IOException {
    return command(join(new String[] {"ip", "netns", "exec", name}, arguments));
  }

  /** Runs the task on a thread of its own inside; what threads it starts are inside too. */
  public <T> T run(Callable<T> task) throws Exception {
    FutureTask<T> future =
        new FutureTask<>(
            () -> {
              enter();
              return task.call();
            });
    Thread thread = new Thread(future, name);
    thread.start();
    return future.get();
  }

  private void enter() throws IOException {
    try (Fd fd = Fd.open("/run/netns/" + name, 0)) {
      int number = fd.acquire();
      int result = setns(number, CLONE_NEWNET);
      int errno = result < 0 ? LibC.errno() : 0;
      fd.release();
      if (errno != 0) {
        throw LinuxException.of("can't enter " + name, errno);
      }
    }
  }

  @Override
  public void close() throws IOException {
    command("ip", "netns", "del", name);
  }

  /** Runs a command to its end, and gives what it printed. */
  public static String command(String... words) throws IOException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", words) + " failed: " + output);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return output;
  }

  private static String[] join(String[] first, String[] second) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(second));
    return all.toArray(String[]::new);
  }
}
