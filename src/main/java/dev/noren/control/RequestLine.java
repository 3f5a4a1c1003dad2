package dev.noren.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.text.Sentence;
import dev.noren.text.Told;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Reads lines of UTF-8. A short one costs nothing but its reader's own buffer; for what is longer
 * all callers share one allowance, so that they can't fill the heap together.
 */
final class RequestLine implements AutoCloseable {
  private static final int CHUNK_BYTES = 8 << 10;

  /** In so many bytes a request that may be long has said its language. */
  private static final int BEGUN_BYTES = 1 << 10;

  /** Where bytes come from. */
  interface Source {
    /** Reads some; -1 at the end. */
    int read(byte[] into) throws IOException;
  }

  /** A line has no end, or all lines together are too much. */
  static final class TooLongException extends IOException implements Told {
    private static final long serialVersionUID = 1;

    private final transient Sentence sentence;
    private final transient String begun;

    TooLongException(Sentence sentence, String begun) {
      super(sentence.toString());
      this.sentence = sentence;
      this.begun = begun;
    }

    @Override
    public Sentence sentence() {
      return sentence;
    }

    /** What the line began with. */
    String begun() {
      return begun;
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
      throw tooLong(Sentence.of("request.too-long", Request.MAX_BYTES));
    }
    if (needed > 0 && !allowance.tryAcquire(needed)) {
      throw tooLong(Sentence.of("request.too-much"));
    }
    taken += Math.max(0, needed);
  }

  private TooLongException tooLong(Sentence why) {
    byte[] begun = line.size() == 0 ? chunk : line.toByteArray();
    return new TooLongException(
        why, new String(begun, 0, Math.min(BEGUN_BYTES, begun.length), UTF_8));
  }

  /** Forgets what was read of a line. */
  @Override
  public void close() {
    line = new ByteArrayOutputStream();
    allowance.release(taken);
    taken = 0;
  }
}
