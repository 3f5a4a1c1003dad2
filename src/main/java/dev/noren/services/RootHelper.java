package dev.noren.services;

import dev.noren.linux.Errno;
import dev.noren.linux.Fd;
import dev.noren.linux.LibC;
import dev.noren.linux.LinuxException;
import dev.noren.linux.NativeBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Asks {@code noren-helper}, which runs as root, for what only root may do. Its script says what it
 * understands, and it checks everything itself. For pppd a script asks that is supervised as any
 * other program is. For one thread at a time.
 */
public final class RootHelper {
  /** How long an answer may take: the helper waits 5 s for a pppd to end. */
  public static final Duration USUAL_TIME = Duration.ofSeconds(10);

  private static final int MOST_ANSWER_BYTES = 1024;
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Path folder;
  private final RandomGenerator random;
  private final Duration time;

  /**
   * The helper of a router.
   *
   * @param state the router's state folder
   * @param random makes the requests' ids
   * @param time how long to wait for an answer
   */
  public RootHelper(Path state, RandomGenerator random, Duration time) {
    this.folder = state.resolve("helper");
    this.random = random;
    this.time = time;
  }

  /**
   * Sets the machine's clock.
   *
   * @param unixSeconds since 1970
   * @throws IOException with a sentence, as the others do
   */
  public void setClock(long unixSeconds) throws IOException {
    ask("clock " + unixSeconds, "set the clock");
  }

  /** Restarts the machine. */
  public void reboot() throws IOException {
    ask("reboot", "restart the machine");
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @param what names it in a sentence, which never shows the request
   */
  void ask(String request, String what) throws IOException {
    byte[] idBytes = new byte[8];
    random.nextBytes(idBytes);
    String id = HexFormat.of().formatHex(idBytes);
    long untilNs = System.nanoTime() + time.toNanos();
    try {
      send(id + " " + request + "\n");
    } catch (LinuxException e) {
      String why =
          e.errno() == Errno.ENXIO || e.errno() == Errno.ENOENT
              ? "noren-helper, which does it as root, does not run"
              : e.getMessage();
      throw new IOException("can't " + what + ": " + why, e);
    }
    while (true) {
      String answer = answer();
      if (answer.startsWith(id + " ")) {
        String said = answer.substring(id.length() + 1).strip();
        if (!said.equals("ok")) {
          throw new IOException("can't " + what + ": " + said);
        }
        return;
      }
      if (System.nanoTime() - untilNs >= 0) {
        throw new IOException(
            "can't " + what + ": noren-helper gave no answer within " + time.toSeconds() + " s");
      }
      LockSupport.parkNanos(LOOK_NS);
    }
  }

  /** Opened so that nobody waits for a helper that isn't there; a line this short goes whole. */
  private void send(String line) throws LinuxException {
    byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
    NativeBuffer buffer = new NativeBuffer(bytes.length);
    buffer.put(0, bytes, 0, bytes.length);
    String path = folder.resolve("requests").toString();
    try (Fd fd = Fd.open(path, LibC.O_WRONLY | LibC.O_NONBLOCK)) {
      int number = fd.acquire();
      try {
        if (LibC.write(number, buffer.address(), bytes.length) < 0) {
          throw LinuxException.of("can't write to " + path, LibC.errno());
        }
      } finally {
        buffer.keep();
        fd.release();
      }
    }
  }

  private String answer() throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve("answer"))) {
      return new String(in.readNBytes(MOST_ANSWER_BYTES), StandardCharsets.US_ASCII);
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
