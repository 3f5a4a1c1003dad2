package dev.noren.router;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.noren.linux.OwnFolder;
import dev.noren.state.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tinylog.Logger;

/**
 * What is remembered of updates over a restart: what was written down already, and which version is
 * to begin at night.
 */
final class UpdateNotes {
  private static final String TOLD = "told";
  private static final String TONIGHT = "tonight";

  private final Path folder;
  private String told;
  private volatile String tonight;

  UpdateNotes(Path folder) {
    this.folder = folder;
    told = read(TOLD);
    tonight = read(TONIGHT);
  }

  private String read(String name) {
    try {
      Path file = folder.resolve(name);
      return Files.exists(file) ? Files.readString(file, US_ASCII).strip() : null;
    } catch (IOException e) {
      Logger.warn("{} can't be read: {}", folder.resolve(name), e.getMessage());
      return null;
    }
  }

  /** The helper's line that was written down last, or null. */
  String told() {
    return told;
  }

  /** Keeps which line that is; null for none any more. */
  void told(String line) {
    told = line;
    try {
      keep(TOLD, line);
    } catch (IOException e) {
      Logger.warn("It may be told again what became of an update: {}", e.getMessage());
    }
  }

  /** Which version is to begin at night, or null. */
  String tonight() {
    return tonight;
  }

  /**
   * Keeps which one that is; null for none any more.
   *
   * @throws IOException where it can't be kept; then nothing has changed
   */
  void tonight(String version) throws IOException {
    if (version != null || tonight != null) {
      keep(TONIGHT, version);
      tonight = version;
    }
  }

  private void keep(String name, String text) throws IOException {
    if (text == null) {
      Files.deleteIfExists(folder.resolve(name));
      return;
    }
    OwnFolder.make(folder);
    StateFile.write(folder.resolve(name), text + "\n");
  }
}
