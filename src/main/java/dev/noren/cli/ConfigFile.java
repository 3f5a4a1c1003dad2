package dev.noren.cli;

import dev.noren.config.ConfigException;
import dev.noren.config.ForeignFile;
import dev.noren.config.TunnelConfig;
import dev.noren.config.TunnelName;
import dev.noren.config.WgQuickFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;

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
      throw new CommandFailure(e.getMessage(), e);
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
        throw new CommandFailure(path + " is larger than " + (MAX_BYTES >> 20) + " MB");
      }
      String content = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
      warnIfOpen(path, surroundings);
      return content;
    } catch (NoSuchFileException e) {
      throw new CommandFailure(path + " does not exist", e);
    } catch (AccessDeniedException e) {
      throw new CommandFailure(path + " may not be read by this user", e);
    } catch (IOException e) {
      throw new CommandFailure(path + " can't be read: " + e.getMessage(), e);
    }
  }

  private static Path find(TunnelName name, Surroundings surroundings) throws CommandFailure {
    for (Path folder : surroundings.configFolders()) {
      Path path = folder.resolve(name + ".conf");
      if (Files.exists(path)) {
        return path;
      }
    }
    throw new CommandFailure(
        "there is no "
            + name
            + ".conf in "
            + surroundings.configFolders().stream()
                .map(Path::toString)
                .collect(Collectors.joining(" or ")));
  }

  /** As wg-quick does: others must be let through by the folder as well as by the file. */
  private static void warnIfOpen(Path path, Surroundings surroundings) throws IOException {
    Path real = path.toRealPath();
    if (Surroundings.isOpenToOthers(real) && Surroundings.isOpenToOthers(real.getParent())) {
      surroundings.remark(
          path + ": everybody can read the keys in it; chmod 600 " + path + " ends that");
    }
  }
}
