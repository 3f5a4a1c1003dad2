package dev.noren.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads the table of signals that comes with the program; the one class here that reads a file. */
public final class SignalFile {
  /** The table in force. */
  public static final Signals TABLE = Signals.parse(text());

  private SignalFile() {}

  private static String text() {
    try (InputStream in = SignalFile.class.getResourceAsStream("signals.txt")) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
