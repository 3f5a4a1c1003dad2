package dev.noren.services;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The kernel's settings as files below /proc/sys, those of the calling thread's network namespace.
 */
final class KernelSettings {
  private final Path root;

  KernelSettings(Path root) {
    this.root = root;
  }

  /** Whether this kernel has a setting. */
  boolean has(String key) {
    return Files.exists(file(key));
  }

  /**
   * What a setting is.
   *
   * @param key as sysctl(8) names it: in {@code net.ipv4.conf.eth0/1.rp_filter} the slash stands
   *     for a point in the device's name
   * @throws IOException with a sentence
   */
  String read(String key) throws IOException {
    try {
      return Files.readString(file(key)).strip();
    } catch (IOException e) {
      throw new IOException("the kernel setting " + key + " can't be read: " + why(e), e);
    }
  }

  /** Makes it another value. */
  void write(String key, String value) throws IOException {
    try {
      Files.write(
          file(key), (value + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IOException(
          "the kernel setting " + key + " can't be made " + value + ": " + why(e), e);
    }
  }

  private static String why(IOException e) {
    return e instanceof NoSuchFileException ? "there is none of that name" : Sentences.reason(e);
  }

  private Path file(String key) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      path.append(c == '.' ? '/' : c == '/' ? '.' : c);
    }
    Path file = root.resolve(path.toString()).normalize();
    if (key.isEmpty() || !file.startsWith(root) || file.equals(root)) {
      throw new IllegalArgumentException("\"" + key + "\" names no kernel setting");
    }
    return file;
  }
}
