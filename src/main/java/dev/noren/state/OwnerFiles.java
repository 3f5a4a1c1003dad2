package dev.noren.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Whose box it is, and the set-up code by which it becomes somebody's: a file each, of which there
 * is one at a time.
 */
public final class OwnerFiles {
  /** The owner's file in the state folder. */
  static final String OWNER = "owner";

  /** The set-up code's. */
  static final String SETUP_CODE = "setup-code";

  private final Path owner;
  private final Path code;

  /** Of this state folder. */
  public OwnerFiles(Path state) {
    owner = state.resolve(OWNER);
    code = state.resolve(SETUP_CODE);
  }

  /** The owner as it was kept, or null for none. */
  public String owner() throws IOException {
    return text(owner);
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file, US_ASCII);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** The set-up code of a box without an owner, or null where there is none. */
  public String setupCode() throws IOException {
    String text = owner() == null ? text(code) : null;
    return text == null ? null : text.strip();
  }

  /**
   * The same; where a box without an owner has none, it gets one.
   *
   * @param made makes a new one
   */
  public String setupCode(Supplier<String> made) throws IOException {
    String text = setupCode();
    if (text == null && owner() == null) {
      text = made.get();
      StateFile.write(code, text + "\n");
    }
    return text;
  }

  /** Keeps the owner; when this returns, that outlives a power cut, and there is no code. */
  public void keep(String text) throws IOException {
    StateFile.write(owner, text);
    Files.deleteIfExists(code);
  }
}
