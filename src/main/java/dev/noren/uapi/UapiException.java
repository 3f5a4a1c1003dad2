package dev.noren.uapi;

import dev.noren.linux.Errno;
import dev.noren.linux.LinuxException;
import dev.noren.tunnel.NoRoomException;
import java.io.IOException;

/** A request that cannot be carried out, with the errno that the {@code wg} tool is told. */
final class UapiException extends Exception {
  private static final long serialVersionUID = 1;

  private final int errno;

  private UapiException(int errno, String message) {
    super(message);
    this.errno = errno;
  }

  /** A value that is out of range or unknown. */
  static UapiException invalid(String message) {
    return new UapiException(Errno.EINVAL, message);
  }

  /** What the tunnel could not do: the system's errno, or EIO where it gave none. */
  static UapiException failed(IOException cause) {
    int errno = cause instanceof LinuxException refusal ? refusal.errno() : Errno.EIO;
    if (cause instanceof NoRoomException) {
      errno = Errno.ENOMEM;
    }
    return new UapiException(errno, cause.getMessage());
  }

  /** More than the heap has room for. */
  static UapiException noRoom(String message) {
    return new UapiException(Errno.ENOMEM, message);
  }

  /** Text that is no request at all. */
  static UapiException protocol(String message) {
    return new UapiException(Errno.EPROTO, message);
  }

  int errno() {
    return errno;
  }
}
