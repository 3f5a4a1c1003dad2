package dev.noren.street;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder for a test's configuration files and links, removed with all that is in it. */
public final class TempFolder implements AutoCloseable {
  private final Path path;

  public TempFolder() {
    try {
      path = Files.createTempDirectory(Machine.folderName("files"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path path() {
    return path;
  }

  /** Writes a file that only its owner may read, as a file with keys should be. */
  public String write(String name, String text) {
    try {
      Path file = Files.writeString(path.resolve(name), text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a script of sh. */
  public void script(String name, String text) {
    try {
      Path file = Files.writeString(path.resolve(name), "#!/bin/sh\n" + text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a folder in it, with those above. */
  public void folder(String name) {
    try {
      Files.createDirectories(path.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a file. */
  public String read(String name) {
    try {
      return Files.readString(path.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An environment whose PATH finds {@code noren}, and what is in this folder, first. */
  public Map<String, String> withNorenOnPath() {
    try {
      Path link = path.resolve("noren");
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, Path.of(Maker.launcher()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of("PATH", path + ":" + System.getenv("PATH"));
  }

  @Override
  public void close() {
    remove(path);
  }

  /** Removes a folder with all that is in it. */
  static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path one : deepestFirst) {
        Files.delete(one);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
