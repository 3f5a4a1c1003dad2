package dev.noren.linux;

import java.io.IOException;

/** A system call was refused. The message is a sentence for the person who runs the program. */
public final class LinuxException extends IOException {
  private static final long serialVersionUID = 1;

  private final int errno;

  /**
   * A refusal with a sentence of its own.
   *
   * @param message where, what and why, and what to do about it
   * @param errno the error number, see {@link Errno}
   */
  public LinuxException(String message, int errno) {
    super(message);
    this.errno = errno;
  }

  /**
   * A refusal told as "what: why (NAME)".
   *
   * @param what what could not be done, as in "can't open /dev/net/tun"
   */
  public static LinuxException of(String what, int errno) {
    return new LinuxException(what + ": " + Errno.describe(errno), errno);
  }

  /** The error number, see {@link Errno}. */
  public int errno() {
    return errno;
  }
}
