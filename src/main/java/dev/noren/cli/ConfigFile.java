package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.ForeignFile;
import dev.noren.config.TunnelConfig;
import dev.noren.config.TunnelName;
import dev.noren.config.WgQuickFile;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A wg-quick file found on disk and read.
 *
 * @param name the interface it is for
 * @param path where it is
 * @param config what it says
 */
record ConfigFile(TunnelName name, Path path, TunnelConfig config) {
  /** A thousand peers take a quarter of a megabyte. */
  private static final long MAX_BYTES = 16 << 20;

  /** The interface that a command line means: a name, or a file's path. */
  static TunnelName nameOf(String text) throws CommandFailure {
    try {
      return isPath(text) ? TunnelName.ofFile(text) : new TunnelName(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e);
    }
  }

  private static boolean isPath(String text) {
    return text.endsWith(".conf") || text.indexOf('/') >= 0;
  }

  /**
   * Reads the file of this path, or the one that the folders have for this name; warns of what is
   * allowed and probably not meant.
   *
   * @throws ConfigException with the errors in it
   * @throws CommandFailure where it can't be read
   */
  static ConfigFile read(String text, Surroundings surroundings)
      throws ConfigException, CommandFailure {
    if (!text.endsWith(".conf") && Files.isRegularFile(Path.of(text))) {
      // Before its name is found wanting.
      ForeignFile.refuse(text, text(Path.of(text), surroundings));
    }
    TunnelName name = nameOf(text);
    Path path = isPath(text) ? Path.of(text) : find(name, surroundings);
    TunnelConfig config = WgQuickFile.parse(path.toString(), text(path, surroundings));
    WgQuickFile.warnings(path.toString(), config).forEach(surroundings::remark);
    return new ConfigFile(name, path, config);
  }

  /**
   * A file's text; warns where everybody can read the keys in it.
   *
   * @throws CommandFailure where it can't be read
   */
  static String text(Path path, Surroundings surroundings) throws CommandFailure {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new CommandFailure(Sentence.of("file.too-large", path, (MAX_BYTES >> 20)));
      }
      String content = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
      warnIfOpen(path, surroundings);
      return content;
    } catch (NoSuchFileException e) {
      throw new CommandFailure(Sentence.of("file.none", path), e);
    } catch (AccessDeniedException e) {
      throw new CommandFailure(Sentence.of("file.not-allowed", path), e);
    } catch (IOException e) {
      throw new CommandFailure(Sentence.of("file.not-read", path, Sentence.of(e)), e);
    }
  }

  private static Path find(TunnelName name, Surroundings surroundings) throws CommandFailure {
    for (Path folder : surroundings.configFolders()) {
      Path path = folder.resolve(name + ".conf");
      if (Files.exists(path)) {
        return path;
      }
    }
    Sentence folders =
        surroundings.configFolders().stream()
            .map(folder -> Sentence.plain(folder.toString()))
            .reduce((one, other) -> Sentence.of("file.either", one, other))
            .orElseThrow();
    throw new CommandFailure(Sentence.of("file.conf-none", name, folders));
  }

  /** As wg-quick does: others must be let through by the folder as well as by the file. */
  private static void warnIfOpen(Path path, Surroundings surroundings) throws IOException {
    Path real = path.toRealPath();
    if (Surroundings.isOpenToOthers(real) && Surroundings.isOpenToOthers(real.getParent())) {
      surroundings.remark(Sentence.of("file.open", path));
    }
  }
}
