package dev.noren.cli;

import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A new file for a secret, which is gone again unless something is kept in it. */
final class SecretFile implements AutoCloseable {
  private final Path path;
  private boolean kept;

  private SecretFile(Path path) {
    this.path = path;
  }

  /**
   * Makes an empty one that only its user can read.
   *
   * @throws CommandFailure where there is one already, or it can't be made
   */
  static SecretFile create(Path path) throws CommandFailure {
    try {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return new SecretFile(path);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(Sentence.of("file.exists", path), e);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(Sentence.of("file.no-folder", path), e);
    } catch (IOException e) {
      throw new CommandFailure(Sentence.of("file.not-made", path, Sentence.of(e)), e);
    }
  }

  /** Writes a text into it, which stays. */
  void keep(String text) throws IOException {
    Files.write(path, text.getBytes(StandardCharsets.UTF_8));
    kept = true;
  }

  @Override
  public void close() throws IOException {
    if (!kept) {
      Files.deleteIfExists(path);
    }
  }
}
