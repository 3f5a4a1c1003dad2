package dev.noren.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A small file in the state folder, which a power cut at any moment leaves old or new. */
public final class StateFile {
  private StateFile() {}

  /** The number that is kept; 0 where there is no such file. */
  public static long read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    try {
      return Math.max(0, Long.parseLong(Files.readString(file, US_ASCII).strip()));
    } catch (NumberFormatException e) {
      throw new IOException(file + " holds no number", e);
    }
  }

  /** Keeps a number; when this returns, it outlives a power cut. */
  public static void write(Path file, long value) throws IOException {
    write(file, value + "\n");
  }

  /** Keeps a text of ASCII, as above. */
  public static void write(Path file, String content) throws IOException {
    write(file, content.getBytes(US_ASCII));
  }

  /** Keeps bytes, as above. */
  public static void write(Path file, byte[] content) throws IOException {
    Path folder = file.getParent();
    Path temporary = Files.createTempFile(folder, file.getFileName().toString(), ".new");
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer text = ByteBuffer.wrap(content);
        while (text.hasRemaining()) {
          channel.write(text);
        }
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
