package dev.noren.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs a task on a thread of its own to which the kernel seems to have no IPv6: it refuses such
 * sockets with EAFNOSUPPORT, by a seccomp filter, which needs no root.
 */
public final class WithoutIpv6 {
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int PR_SET_SECCOMP = 22;
  private static final int SECCOMP_MODE_FILTER = 2;

  /** Offsets in the struct seccomp_data that a filter sees. */
  private static final int CALL = 0;

  private static final int FIRST_ARGUMENT = 16;

  private static final int SOCKET_CALL = Platform.isARM() ? 198 : 41;
  private static final int ALLOW = 0x7fff0000;
  private static final int REFUSE = 0x00050000;

  static {
    Native.register(WithoutIpv6.class, NativeLibrary.getProcess());
  }

  private WithoutIpv6() {}

  private static native int prctl(int option, long a, long b, long c, long d);

  /** Runs the task. What it opens works as ever, on every thread. */
  public static <T> T run(Callable<T> task) throws IOException {
    FutureTask<T> future =
        new FutureTask<>(
            () -> {
              refuseIpv6();
              return task.call();
            });
    Thread thread = new Thread(future, "without IPv6");
    thread.start();
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }
  }

  private static void refuseIpv6() throws LinuxException {
    NativeBuffer filter = new NativeBuffer(6 * 8);
    instruction(filter, 0, 0x20, 0, 0, CALL);
    instruction(filter, 1, 0x15, 0, 3, SOCKET_CALL);
    instruction(filter, 2, 0x20, 0, 0, FIRST_ARGUMENT);
    instruction(filter, 3, 0x15, 0, 1, SockAddr.AF_INET6);
    instruction(filter, 4, 0x06, 0, 0, REFUSE | Errno.EAFNOSUPPORT);
    instruction(filter, 5, 0x06, 0, 0, ALLOW);
    NativeBuffer program = new NativeBuffer(16);
    program.putShort(0, 6);
    program.putLong(8, filter.address());
    try {
      if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0
          || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program.address(), 0, 0) < 0) {
        throw LinuxException.of("can't set a seccomp filter", LibC.errno());
      }
    } finally {
      filter.keep();
      program.keep();
    }
  }

  /** One step of a BPF program: code 0 (2), jumps 2 and 3 (1 each), operand 4 (4). */
  private static void instruction(
      NativeBuffer filter, int step, int code, int ifTrue, int ifFalse, int operand) {
    filter.putInt(8 * step, code | ifTrue << 16 | ifFalse << 24);
    filter.putInt(8 * step + 4, operand);
  }
}
