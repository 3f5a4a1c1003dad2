package dev.noren.router;

import static java.util.concurrent.TimeUnit.MINUTES;

import dev.noren.linux.OwnFolder;
import dev.noren.text.Failed;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import dev.noren.update.UpdateHead;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.tinylog.Logger;

/**
 * A file with a new version on its way to the box: its parts are written one behind the other, and
 * it has its name once it is whole and on the disk. A half one of which nothing more comes is
 * deleted, at a start too. One thread at a time.
 */
final class UpdateUpload {
  /** The whole file's name, which the root helper knows. */
  static final String IMAGE = "image";

  static final String HALF = "image.half";

  /** What is left free for the log and the settings, bytes. */
  static final long SPARE_BYTES = 8L << 20;

  static final long PATIENCE_NS = MINUTES.toNanos(5);

  /** So much is on the disk before more is taken, so that the end does not wait for all of it. */
  private static final long SYNC_BYTES = 4L << 20;

  private final Path folder;
  private UpdateHead head;
  private long have;
  private long lastNs;

  /**
   * @param folder where the files are, in the state folder
   */
  UpdateUpload(Path folder) {
    this.folder = folder;
    delete(HALF);
  }

  /**
   * Takes a part.
   *
   * @return the file's head where this was the last one, and the file is on the disk; else null
   * @throws IllegalArgumentException where this can be no part of such a file
   * @throws IOException with a sentence, where it can't be kept
   */
  UpdateHead take(long offset, long of, byte[] part, long nowNs) throws IOException {
    UpdateHead.checkSize(of);
    if (offset == 0) {
      begin(of, part);
    }
    if (head == null || of != head.fileBytes() || offset < 0 || offset + part.length > of) {
      throw new Refused("update.not-next");
    }
    lastNs = nowNs;
    if (offset + part.length == have) {
      // It was answered, and nobody heard it.
      return null;
    }
    if (offset != have) {
      throw new Refused("update.not-next");
    }
    try {
      append(part);
      return have == of ? finish() : null;
    } catch (IOException e) {
      drop();
      throw new Failed(Sentence.of("update.not-kept", Sentence.of(e)), e);
    }
  }

  private void begin(long of, byte[] part) throws IOException {
    UpdateHead begun = UpdateHead.parse(part);
    begun.check(of);
    drop();
    OwnFolder.make(folder);
    delete(IMAGE);
    checkRoom(folder, of);
    head = begun;
  }

  /**
   * Looks whether there is room for a file.
   *
   * @throws IOException with a sentence, where there is not
   */
  static void checkRoom(Path folder, long bytes) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < bytes + SPARE_BYTES) {
      throw new Failed("update.no-room", megabytes(bytes + SPARE_BYTES), megabytes(free));
    }
  }

  /**
   * Takes a whole file from beside.
   *
   * @return its head
   * @throws IllegalArgumentException where this is no such file
   * @throws IOException with a sentence, where one is coming in parts, or it can't be kept
   */
  UpdateHead takeWhole(Path file) throws IOException {
    if (head != null) {
      throw new Failed("update.busy");
    }
    UpdateHead whole;
    try (InputStream in = Files.newInputStream(file)) {
      whole = UpdateHead.parse(in.readNBytes(UpdateHead.BYTES));
    }
    whole.check(Files.size(file));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    keep(file);
    return whole;
  }

  private static long megabytes(long bytes) {
    return bytes / 1_000_000;
  }

  private void append(byte[] part) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            folder.resolve(HALF), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(part);
      while (bytes.hasRemaining()) {
        file.write(bytes, have + bytes.position());
      }
      long after = have + part.length;
      if (have / SYNC_BYTES != after / SYNC_BYTES || after == head.fileBytes()) {
        file.force(true);
      }
      have = after;
    }
  }

  private UpdateHead finish() throws IOException {
    keep(folder.resolve(HALF));
    UpdateHead whole = head;
    forget();
    return whole;
  }

  /** Gives a file that is on the disk the name that the root helper knows. */
  private void keep(Path file) throws IOException {
    Files.move(file, folder.resolve(IMAGE), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private void forget() {
    head = null;
    have = 0;
  }

  private void drop() {
    forget();
    delete(HALF);
  }

  /** Deletes a half file of which nothing has come for long. */
  void growOld(long nowNs) {
    if (head != null && nowNs - lastNs >= PATIENCE_NS) {
      Logger.info("A file with a new version did not come whole, and is deleted.");
      drop();
    }
  }

  /** Deletes the whole file, if it is there: it was written, or refused. */
  void deleteImage() {
    delete(IMAGE);
  }

  private void delete(String name) {
    try {
      Files.deleteIfExists(folder.resolve(name));
    } catch (IOException e) {
      Logger.warn("{} can't be deleted: {}", folder.resolve(name), e.getMessage());
    }
  }
}
