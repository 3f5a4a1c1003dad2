package dev.noren.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Waits for connections on a Unix socket. One thread accepts; any thread may wake or close. A
 * socket that was bound here is removed from the file system when this is closed.
 */
public final class UnixListener implements AutoCloseable {
  private static final int BACKLOG = 16;
  private static final int OWNER_ONLY = 0600;
  private static final int S_IFMT = 0170000;
  private static final int S_IFSOCK = 0140000;
  private static final int ATTEMPTS = 3;

  private final Fd fd;
  private final Path path;
  private final Object identity;
  private final Waiter waiter;

  private UnixListener(Fd fd, Path path) throws LinuxException {
    this.fd = fd;
    this.path = path;
    identity = path == null ? null : inode(path);
    waiter = new Waiter(fd);
  }

  /**
   * Listens at that path, where only the user itself may connect. A socket that was left behind is
   * replaced; its folder must exist.
   *
   * @throws LinuxException with a sentence: EADDRINUSE if a program listens there or the path is
   *     another kind of file, ENAMETOOLONG over 107 bytes
   */
  public static UnixListener bind(Path path) throws LinuxException {
    NativeBuffer address = UnixAddress.of(path);
    Fd fd = open();
    boolean done = false;
    try {
      // Set before it is bound, the mode is the file's from the first moment on.
      check(Sockets.chmod(fd, OWNER_ONLY), path);
      int errno = Sockets.bind(fd, address, UnixAddress.SIZE);
      for (int i = 0; errno == Errno.EADDRINUSE && i < ATTEMPTS; i++) {
        removeStale(path, address);
        errno = Sockets.bind(fd, address, UnixAddress.SIZE);
      }
      check(errno, path);
      check(Sockets.listen(fd, BACKLOG), path);
      UnixListener listener = new UnixListener(fd, path);
      done = true;
      return listener;
    } finally {
      if (!done) {
        fd.close();
      }
    }
  }

  private static Fd open() throws LinuxException {
    return Sockets.open(UnixAddress.AF_UNIX, Sockets.SOCK_STREAM | Sockets.SOCK_NONBLOCK, 0);
  }

  private static void check(int errno, Path path) throws LinuxException {
    if (errno != 0) {
      throw LinuxException.of("can't listen on the socket " + path, errno);
    }
  }

  private static void removeStale(Path path, NativeBuffer address) throws LinuxException {
    try {
      int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      if ((mode & S_IFMT) != S_IFSOCK) {
        throw new LinuxException(
            "can't listen on " + path + ": it is there and is no socket; move it away",
            Errno.EADDRINUSE);
      }
      int errno;
      try (Fd probe = open()) {
        errno = Sockets.connect(probe, address, UnixAddress.SIZE);
      }
      if (errno != Errno.ECONNREFUSED && errno != Errno.ENOENT) {
        throw new LinuxException(
            "the socket " + path + " is in use: another program listens there", Errno.EADDRINUSE);
      }
      Files.deleteIfExists(path);
    } catch (LinuxException e) {
      throw e;
    } catch (IOException e) {
      // Gone in the meantime, or not ours to remove: binding again tells which.
      return;
    }
  }

  /**
   * Listens on a socket that another program bound; its path stays when this is closed. The
   * descriptor is closed with this, or left alone if this fails.
   *
   * @throws LinuxException with a sentence if it is no listening Unix socket
   */
  public static UnixListener fromFd(int number) throws LinuxException {
    if (number < 0) {
      throw new LinuxException(number + " is no file descriptor", Errno.EBADF);
    }
    Fd fd = new Fd(number);
    boolean fits;
    int errno = Errno.EINVAL;
    try {
      fits =
          Sockets.get(fd, Sockets.SOL_SOCKET, Sockets.SO_DOMAIN) == UnixAddress.AF_UNIX
              && Sockets.get(fd, Sockets.SOL_SOCKET, Sockets.SO_ACCEPTCONN) != 0;
    } catch (LinuxException e) {
      fits = false;
      errno = e.errno();
    }
    if (!fits) {
      throw new LinuxException("file descriptor " + number + " is no listening Unix socket", errno);
    }
    FileFlags.own(fd);
    return new UnixListener(fd, null);
  }

  /**
   * Waits for a connection.
   *
   * @return the connection, or null when woken or closed
   * @throws LinuxException if none can be taken now: EMFILE, ENFILE, ENOMEM
   */
  public UnixStream accept() throws LinuxException {
    while (waiter.await() != 0) {
      int number = fd.acquire();
      if (number == Fd.CLOSED) {
        return null;
      }
      int accepted;
      int errno;
      try {
        accepted = LibC.accept4(number, 0, 0, Sockets.SOCK_CLOEXEC);
        errno = accepted < 0 ? LibC.errno() : 0;
      } finally {
        fd.release();
      }
      switch (errno) {
        case 0 -> {
          return new UnixStream(new Fd(accepted));
        }
        case Errno.EINTR, Errno.EAGAIN, Errno.ECONNABORTED -> {
          // It is gone again.
        }
        default -> throw LinuxException.of("can't take a connection on a Unix socket", errno);
      }
    }
    return null;
  }

  /** Ends the accept that waits, or else the next one. */
  public void wake() {
    waiter.wake();
  }

  @Override
  public void close() {
    waiter.close();
    boolean first = !fd.isClosed();
    fd.close();
    if (first && identity != null && identity.equals(inode(path))) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        // It stays behind as a stale one, which the next to listen replaces.
        return;
      }
    }
  }

  /** Which file the path is now, or null if none: another program may have replaced it. */
  private static Object inode(Path path) {
    try {
      return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return null;
    }
  }
}
