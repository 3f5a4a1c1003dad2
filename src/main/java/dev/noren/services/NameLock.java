package dev.noren.services;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Says which process has a tunnel of this name up: a lock on a file with its process id, which the
 * kernel lets go however the process ends. The file stays, since deleting it would let two
 * processes hold locks on two files of one name.
 */
final class NameLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;
  private final OptionalLong owner;

  private NameLock(Path file, FileChannel channel, FileLock lock, OptionalLong owner) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
    this.owner = owner;
  }

  /** Tries to take the lock; {@link #isHeld()} says whether it was free. */
  static NameLock tryTake(StateFolder folder, String name) throws IOException {
    Path file = folder.file(name + ".lock");
    FileChannel channel = open(file);
    try {
      FileLock lock = lock(channel);
      OptionalLong owner = lock == null ? read(channel) : OptionalLong.empty();
      return new NameLock(file, channel, lock, owner);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel open(Path file) throws IOException {
    try {
      return FileChannel.open(
          file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (AccessDeniedException e) {
      throw new IOException(file + " may not be opened by this user: run as root", e);
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static OptionalLong read(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(32);
    channel.read(buffer, 0);
    String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
    try {
      return OptionalLong.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      // It has the lock, but has not written its id yet.
      return OptionalLong.empty();
    }
  }

  boolean isHeld() {
    return lock != null;
  }

  /** The process that holds the lock when we do not, as far as it is known. */
  OptionalLong owner() {
    return owner;
  }

  /**
   * Whether that process has our file open. In another container the same number may be another
   * process, which must not be ended.
   */
  boolean isOpenIn(long pid) throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return descriptors.anyMatch(this::isOurs);
    } catch (NoSuchFileException e) {
      return false;
    } catch (AccessDeniedException e) {
      throw new IOException("process " + pid + " may not be ended by this user", e);
    }
  }

  private boolean isOurs(Path descriptor) {
    try {
      return Files.isSameFile(descriptor, file);
    } catch (IOException e) {
      // A descriptor that was closed meanwhile, or a pipe.
      return false;
    }
  }

  /** Writes our process id for others to find. */
  void sign() throws IOException {
    channel.truncate(0);
    String text = ProcessHandle.current().pid() + "\n";
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
