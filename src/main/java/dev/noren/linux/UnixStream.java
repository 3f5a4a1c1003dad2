package dev.noren.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * One end of a connection over a Unix socket. One thread reads and one writes; any thread may
 * close, and that ends a read or write that waits.
 */
public final class UnixStream implements AutoCloseable {
  private static final int CHUNK_BYTES = 8 << 10;
  private static final int SHUT_WR = 1;
  private static final int SHUT_RDWR = 2;

  private final Fd fd;
  private final NativeBuffer in = new NativeBuffer(CHUNK_BYTES);
  private final NativeBuffer out = new NativeBuffer(CHUNK_BYTES);

  UnixStream(Fd fd) {
    this.fd = fd;
  }

  /**
   * Connects to the socket at that path.
   *
   * @throws LinuxException with a sentence: ENOENT or ECONNREFUSED if nobody listens there, EACCES
   *     without permission
   */
  public static UnixStream connect(Path path) throws LinuxException {
    NativeBuffer address = UnixAddress.of(path);
    Fd fd = Sockets.open(UnixAddress.AF_UNIX, Sockets.SOCK_STREAM, 0);
    int errno = Sockets.connect(fd, address, UnixAddress.SIZE);
    if (errno != 0) {
      fd.close();
      throw LinuxException.of("can't connect to " + path, errno);
    }
    return new UnixStream(fd);
  }

  /** The number of the user at the other end, which the kernel vouches for. */
  public int peerUser() throws LinuxException {
    return Sockets.peerUser(fd);
  }

  /**
   * Reads what is there, and waits if nothing is.
   *
   * @return the bytes read, 1 or more if any are wanted; or -1 if the other end has ended, or this
   *     one is closed
   */
  public int read(byte[] into, int offset, int length) throws LinuxException {
    if (length == 0) {
      return 0;
    }
    int number = fd.acquire();
    if (number == Fd.CLOSED) {
      return -1;
    }
    try {
      while (true) {
        int got = (int) LibC.read(number, in.address(), Math.min(length, CHUNK_BYTES));
        if (got > 0) {
          in.get(0, into, offset, got);
          return got;
        }
        int errno = got < 0 ? LibC.errno() : Errno.ECONNRESET;
        if (errno == Errno.ECONNRESET) {
          return -1;
        }
        if (errno != Errno.EINTR) {
          throw LinuxException.of("reading from a Unix socket failed", errno);
        }
      }
    } finally {
      fd.release();
    }
  }

  /**
   * Writes all of it, and waits while the other end is slow.
   *
   * @throws LinuxException EPIPE if the other end or this one is closed
   */
  public void write(byte[] from, int offset, int length) throws LinuxException {
    int number = fd.acquire();
    if (number == Fd.CLOSED) {
      throw LinuxException.of("writing to a Unix socket failed", Errno.EPIPE);
    }
    try {
      int done = 0;
      while (done < length) {
        int chunk = Math.min(length - done, CHUNK_BYTES);
        out.put(0, from, offset + done, chunk);
        done += send(number, chunk);
      }
    } finally {
      fd.release();
    }
  }

  private int send(int number, int chunk) throws LinuxException {
    while (true) {
      int sent = (int) LibC.send(number, out.address(), chunk, LibC.MSG_NOSIGNAL);
      if (sent >= 0) {
        return sent;
      }
      int errno = LibC.errno();
      if (errno != Errno.EINTR) {
        throw LinuxException.of("writing to a Unix socket failed", errno);
      }
    }
  }

  /** Tells the other end that nothing more will be written; reading goes on. */
  public void endOutput() {
    shutdown(SHUT_WR);
  }

  private void shutdown(int how) {
    int number = fd.acquire();
    if (number == Fd.CLOSED) {
      return;
    }
    try {
      // It fails only where the other end is gone, and then there is nobody to tell.
      LibC.shutdown(number, how);
    } finally {
      fd.release();
    }
  }

  /** Reading as a stream; closing it closes the connection. */
  public InputStream input() {
    return new InputStream() {
      private final byte[] one = new byte[1];

      @Override
      public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return UnixStream.this.read(into, offset, length);
      }

      @Override
      public void close() {
        UnixStream.this.close();
      }
    };
  }

  /** Writing as a stream without a buffer; closing it closes the connection. */
  public OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        UnixStream.this.write(from, offset, length);
      }

      @Override
      public void close() {
        UnixStream.this.close();
      }
    };
  }

  @Override
  public void close() {
    // Wakes who waits in a read or a write; only then can the descriptor go.
    shutdown(SHUT_RDWR);
    fd.close();
  }
}
