package dev.noren.services;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.noren.linux.Errno;
import dev.noren.linux.Fd;
import dev.noren.linux.LibC;
import dev.noren.linux.LinuxException;
import dev.noren.linux.NativeBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Asks {@code noren-helper} for what only root may do. Its head says what it understands; one
 * request is asked at a time.
 */
public final class RootHelper {
  private static final long PATIENCE_MS = 5_000;
  private static final long LOOK_MS = 20;

  private final Path folder;

  private RootHelper(Path folder) {
    this.folder = folder;
  }

  /** That of a state folder. */
  public static RootHelper in(Path state) {
    return new RootHelper(state.resolve("helper"));
  }

  /**
   * Asks for something and waits until it is done.
   *
   * @param request a verb and its arguments, in ASCII
   * @throws IOException with a sentence, where that was refused or failed, or nobody is there to do
   *     it
   */
  public void ask(String request) throws IOException {
    ask(request, PATIENCE_MS);
  }

  /**
   * The same of what may take longer than others; until it is done nobody else is heard.
   *
   * @param patienceMs how long to wait for it, milliseconds
   */
  public synchronized void ask(String request, long patienceMs) throws IOException {
    String id = Long.toHexString(System.nanoTime());
    try (Fd fifo = pipe("requests")) {
      write(fifo, id + " " + request + "\n");
    }
    String answer = answer(id, patienceMs);
    if (!answer.equals("ok")) {
      throw new IOException("noren-helper: " + answer);
    }
  }

  /**
   * Opens one of the helper's FIFOs for writing.
   *
   * @throws IOException with a sentence, where nobody reads it
   */
  public Fd pipe(String name) throws IOException {
    try {
      return Fd.open(folder.resolve(name).toString(), LibC.O_WRONLY | LibC.O_NONBLOCK);
    } catch (LinuxException e) {
      throw e.errno() == Errno.ENXIO || e.errno() == Errno.ENOENT
          ? new IOException("noren-helper, which does what only root may, does not run", e)
          : e;
    }
  }

  /**
   * Opens a FIFO that the helper has just promised to read.
   *
   * @throws IOException with a sentence, where it does not begin to within 5 s
   */
  public Fd awaitPipe(String name) throws IOException {
    for (long waitedMs = 0; ; waitedMs += LOOK_MS) {
      try {
        return pipe(name);
      } catch (IOException e) {
        if (waitedMs >= PATIENCE_MS) {
          throw e;
        }
        pause();
      }
    }
  }

  /** Writes a short text into a FIFO, at once or not at all. */
  public static void write(Fd fifo, String text) throws IOException {
    NativeBuffer bytes = NativeBuffer.ofText(text);
    int number = fifo.acquire();
    if (number == Fd.CLOSED) {
      return;
    }
    try {
      if (LibC.write(number, bytes.address(), text.getBytes(US_ASCII).length) < 0) {
        throw LinuxException.of("can't write to noren-helper", LibC.errno());
      }
    } finally {
      fifo.release();
      bytes.keep();
    }
  }

  private String answer(String id, long patienceMs) throws IOException {
    for (long waitedMs = 0; waitedMs < patienceMs; waitedMs += LOOK_MS) {
      try {
        String line = Files.readString(folder.resolve("answer"), US_ASCII).strip();
        if (line.startsWith(id + " ")) {
          return line.substring(id.length() + 1);
        }
        Thread.sleep(LOOK_MS);
      } catch (java.nio.file.NoSuchFileException e) {
        pause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    throw new IOException("noren-helper gave no answer within " + patienceMs / 1_000 + " s");
  }

  /** It has not answered anybody yet. */
  private static void pause() throws IOException {
    try {
      Thread.sleep(LOOK_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
