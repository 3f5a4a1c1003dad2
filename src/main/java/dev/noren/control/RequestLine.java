package dev.noren.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Reads lines of UTF-8. A short one costs nothing but its reader's own buffer; for what is longer
 * all callers share one allowance, so that they can't fill the heap together.
 */
final class RequestLine implements AutoCloseable {
  private static final int CHUNK_BYTES = 8 << 10;

  /** Where bytes come from. */
  interface Source {
    /** Reads some; -1 at the end. */
    int read(byte[] into) throws IOException;
  }

  /** A line has no end, or all lines together are too much. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;

    TooLongException(String sentence) {
      super(sentence);
    }
  }

  private final Source source;
  private final Semaphore allowance;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int at;
  private int end;
  private int taken;

  RequestLine(Source source, Semaphore allowance) {
    this.source = source;
    this.allowance = allowance;
  }

  /**
   * The next line without its end; null at the end, where half a line is none.
   *
   * @throws TooLongException with a sentence
   */
  String next() throws IOException {
    while (true) {
      int from = at;
      while (at < end && chunk[at] != '\n') {
        at++;
      }
      take(at - from);
      line.write(chunk, from, at - from);
      if (at < end) {
        at++;
        String text = line.toString(UTF_8);
        close();
        return text;
      }
      at = 0;
      end = Math.max(0, source.read(chunk));
      if (end == 0) {
        return null;
      }
    }
  }

  private void take(int bytes) throws TooLongException {
    int needed = Math.max(0, line.size() + bytes - CHUNK_BYTES) - taken;
    if (line.size() + bytes > Request.MAX_BYTES) {
      throw new TooLongException("a request is longer than " + Request.MAX_BYTES + " bytes");
    }
    if (needed > 0 && !allowance.tryAcquire(needed)) {
      throw new TooLongException("too much is being sent to the router at once: try again");
    }
    taken += Math.max(0, needed);
  }

  /** Forgets what was read of a line. */
  @Override
  public void close() {
    line = new ByteArrayOutputStream();
    allowance.release(taken);
    taken = 0;
  }
}
