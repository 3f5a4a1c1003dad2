package dev.noren.uapi;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;

/**
 * An answer on its way to the caller, line by line: what fills a piece is sent before more is made,
 * so that an answer takes the same memory however long it is.
 */
final class Answer {
  private static final int PIECE_CHARS = 16_384;

  /** Takes the pieces of an answer. */
  interface Sink {
    /** Sends all these bytes. */
    void write(byte[] piece) throws IOException;
  }

  private final Sink sink;
  private final StringBuilder piece = new StringBuilder(512);

  Answer(Sink sink) {
    this.sink = sink;
  }

  /** Adds the line "key=value". */
  void line(String key, Object value) throws IOException {
    piece.append(key).append('=').append(value).append('\n');
    if (piece.length() >= PIECE_CHARS) {
      flush();
    }
  }

  /** Ends the answer with the line that says how the request went, 0 for well. */
  void end(int errno) throws IOException {
    line("errno", -errno);
    piece.append('\n');
    flush();
  }

  private void flush() throws IOException {
    sink.write(piece.toString().getBytes(US_ASCII));
    piece.setLength(0);
  }
}
