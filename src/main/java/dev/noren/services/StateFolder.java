package dev.noren.services;

import dev.noren.linux.OwnFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder below the state folder: {@code up}, what {@code noren up} must remember over a crash, or
 * one of a service below {@code run}. What it says is done as root, so nobody else may write to it.
 */
public final class StateFolder {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private final Path folder;

  private StateFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens the folder, making it where it is not.
   *
   * @param state the state folder
   * @throws IOException with a sentence, where it can't be made or is not ours alone
   */
  public static StateFolder open(Path state) throws IOException {
    return open(state, "up");
  }

  /** As {@link #open(Path)}, a folder of another name. */
  static StateFolder open(Path state, String name) throws IOException {
    Path folder = state.resolve(name);
    try {
      OwnFolder.make(folder);
    } catch (IOException e) {
      throw new IOException(
          "the state folder " + folder + " can't be used: " + Sentences.reason(e), e);
    }
    return new StateFolder(folder);
  }

  /** The folder itself. */
  Path path() {
    return folder;
  }

  /** A file in the folder. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** The files whose names end so, sorted. */
  List<Path> filesEndingIn(String end) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().endsWith(end)).sorted().toList();
    }
  }

  /** Replaces a file whole: after a crash it is the old one or the new one. */
  void write(String name, byte[] content) throws IOException {
    write(name, content, FILE);
  }

  /** As {@link #write(String, byte[])}, with these permissions. */
  void write(String name, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
    Path temporary = file(name + ".new");
    Files.deleteIfExists(temporary);
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(permissions))) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(temporary, file(name), StandardCopyOption.ATOMIC_MOVE);
    sync();
  }

  /** Deletes a file, if it is there. */
  void delete(String name) throws IOException {
    if (Files.deleteIfExists(file(name))) {
      sync();
    }
  }

  private void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
