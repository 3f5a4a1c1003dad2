package dev.noren.config;

import dev.noren.linux.OwnFolder;
import dev.noren.text.Failed;
import dev.noren.text.Sentence;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A folder on disk: mode 0700, its files 0600. */
final class DiskFiles implements FileLayer {
  private static final String LOCK = "lock";

  private final Path folder;

  DiskFiles(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  @Override
  public String place() {
    return folder.toString();
  }

  @Override
  public void makeFolder() throws IOException {
    try {
      OwnFolder.make(folder);
    } catch (AccessDeniedException e) {
      throw new Failed(Sentence.of("disk.not-made", folder), e);
    }
  }

  /** Up to the root, or to a folder that we may not read and so have not made. */
  @Override
  public void syncParents() throws IOException {
    for (Path each = folder.getParent(); each != null; each = each.getParent()) {
      try {
        force(each, StandardOpenOption.READ);
      } catch (AccessDeniedException e) {
        return;
      }
    }
  }

  @Override
  public Closeable lock() throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            mode("rw-------"));
    try {
      if (channel.lock().isValid()) {
        return channel;
      }
      throw new Failed("disk.not-locked", folder);
    } catch (IOException e) {
      channel.close();
      throw e;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new Failed(Sentence.of("disk.busy", folder), e);
    }
  }

  @Override
  public List<String> list() throws IOException {
    // What may not be seen is not taken for what is not there: a new document would follow.
    if (Files.notExists(folder)) {
      return List.of();
    }
    try {
      OwnFolder.check(folder);
      try (Stream<Path> files = Files.list(folder)) {
        return files.map(file -> file.getFileName().toString()).toList();
      }
    } catch (AccessDeniedException e) {
      throw new Failed(Sentence.of("disk.not-readable", folder), e);
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name));
  }

  @Override
  public long modifiedMs(String name) throws IOException {
    return Files.getLastModifiedTime(folder.resolve(name)).toMillis();
  }

  @Override
  public void write(String name, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve(name),
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE),
            mode("rw-------"))) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (FileSystemException e) {
      throw e; // names the file
    } catch (IOException e) {
      throw new Failed(Sentence.of("disk.not-written", folder.resolve(name), Sentence.of(e)), e);
    }
  }

  @Override
  public void sync(String name) throws IOException {
    force(folder.resolve(name), StandardOpenOption.WRITE);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.delete(folder.resolve(name));
  }

  @Override
  public void syncFolder() throws IOException {
    force(folder, StandardOpenOption.READ);
  }

  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
