package dev.noren.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.nio.ByteOrder;

/**
 * Every native function, mapped directly with primitives only: an address is a {@code long}, a C
 * {@code int} is an {@code int}, {@code size_t} and {@code ssize_t} are {@code long}. Each returns
 * what C returns, so -1 on failure; {@link #errno} is to be asked right after, on the same thread.
 * Nothing here retries: who calls answers EINTR.
 *
 * <p>{@code open}, {@code ioctl} and {@code fcntl} are variadic in C; on Linux for x86-64 and
 * aarch64 variadic integers travel as fixed ones do.
 */
public final class LibC {
  /** open: write only. */
  public static final int O_WRONLY = 1;

  /** open: read and write. */
  public static final int O_RDWR = 2;

  /** open: calls return EAGAIN where they would wait. */
  public static final int O_NONBLOCK = 0x800;

  /** open: not handed to programs that this process starts. */
  public static final int O_CLOEXEC = 0x80000;

  /** fcntl: sets the descriptor's flags. */
  public static final int F_SETFD = 2;

  /** fcntl: reads the file's status flags. */
  public static final int F_GETFL = 3;

  /** fcntl: sets the file's status flags. */
  public static final int F_SETFL = 4;

  /** send: a stream that nobody reads is an error, not a signal. */
  public static final int MSG_NOSIGNAL = 0x4000;

  /** The descriptor flag that fcntl sets: not handed to programs that this process starts. */
  public static final int FD_CLOEXEC = 1;

  static {
    boolean fits =
        Platform.isLinux()
            && Native.POINTER_SIZE == Long.BYTES
            && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    if (!fits) {
      throw new UnsupportedOperationException(
          "Noren runs on 64-bit Linux for x86-64 or aarch64, not on "
              + System.getProperty("os.name")
              + " for "
              + System.getProperty("os.arch"));
    }
    // Said beforehand, since JNA would start /sbin/ldconfig to learn it. The C library is in the
    // process already, so nothing is looked for anywhere.
    System.setProperty("jna.platform.library.path", "");
    Native.register(LibC.class, NativeLibrary.getProcess());
  }

  private LibC() {}

  /** The error number of this thread's last call that failed. */
  public static int errno() {
    return Native.getLastError();
  }

  public static native int open(long path, int flags, int mode);

  public static native int close(int fd);

  public static native long read(int fd, long buffer, long size);

  public static native long write(int fd, long buffer, long size);

  public static native int ioctl(int fd, long request, long argument);

  public static native int fcntl(int fd, int command, long argument);

  public static native int dup2(int from, int to);

  public static native int umask(int mask);

  public static native int fchmod(int fd, int mode);

  public static native int poll(long descriptors, long count, int timeoutMs);

  public static native int eventfd(int initial, int flags);

  public static native int socket(int domain, int type, int protocol);

  public static native int socketpair(int domain, int type, int protocol, long two);

  public static native int bind(int fd, long address, int length);

  public static native int connect(int fd, long address, int length);

  public static native int listen(int fd, int backlog);

  public static native int accept4(int fd, long address, long lengthAt, int flags);

  public static native int getsockname(int fd, long address, long lengthAt);

  public static native int setsockopt(int fd, int level, int name, long value, int length);

  public static native int getsockopt(int fd, int level, int name, long value, long lengthAt);

  public static native long send(int fd, long buffer, long size, int flags);

  public static native long sendmsg(int fd, long message, int flags);

  public static native long recvmsg(int fd, long message, int flags);

  public static native int adjtimex(long timex);

  public static native int shutdown(int fd, int how);
}
