package dev.noren.pairing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** Reads one line from somebody who may send much, slowly, or for ever. */
final class BoundedLine {
  /** As many as both messages may have letters, and a word before them; most take three bytes. */
  static final int MOST_BYTES = 3 * 8192 + 64;

  /** For the whole of a conversation. */
  static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

  private BoundedLine() {}

  /**
   * The line without its end, or null where nothing was sent.
   *
   * @param deadlineNs by {@link System#nanoTime}
   * @throws IOException with a sentence, where it is too long or too slow
   */
  static String read(Socket socket, long deadlineNs) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] some = new byte[2048];
    while (true) {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
      if (leftMs <= 0) {
        throw new SocketTimeoutException("the other end took too long to say its line");
      }
      socket.setSoTimeout((int) leftMs);
      int got = in.read(some);
      if (got < 0) {
        return line.size() == 0 ? null : line.toString(UTF_8);
      }
      for (int i = 0; i < got; i++) {
        if (some[i] == '\n') {
          line.write(some, 0, i);
          return line.toString(UTF_8);
        }
      }
      line.write(some, 0, got);
      if (line.size() > MOST_BYTES) {
        throw new IOException("the other end said more than " + MOST_BYTES + " bytes");
      }
    }
  }
}
