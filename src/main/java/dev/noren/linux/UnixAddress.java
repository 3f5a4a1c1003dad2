package dev.noren.linux;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The address of a Unix socket in the file system.
 *
 * <pre>
 * sockaddr_un, 110 bytes   family 0 (2) · path 2 (108), ended by a zero byte
 * </pre>
 */
final class UnixAddress {
  static final int AF_UNIX = 1;
  static final int SIZE = 110;
  static final int PATH = 2;

  /** The longest path, bytes in UTF-8. */
  static final int MOST_PATH_BYTES = 107;

  private UnixAddress() {}

  /**
   * The address of that path.
   *
   * @throws LinuxException ENAMETOOLONG with a sentence
   */
  static NativeBuffer of(Path path) throws LinuxException {
    byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MOST_PATH_BYTES) {
      throw new LinuxException(
          "the socket's path " + path + " is too long: at most " + MOST_PATH_BYTES + " bytes",
          Errno.ENAMETOOLONG);
    }
    NativeBuffer buffer = new NativeBuffer(SIZE);
    buffer.putShort(0, AF_UNIX);
    buffer.put(PATH, bytes, 0, bytes.length);
    return buffer;
  }
}
