package dev.noren.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Runs a task on a thread of its own that has given up capabilities; needs root. */
public final class Unprivileged {
  private static final int CAPABILITY_VERSION_3 = 0x20080522;

  static {
    Native.register(Unprivileged.class, NativeLibrary.getProcess());
  }

  private Unprivileged() {}

  private static native int capset(long header, long data);

  /** Runs the task without any capability. */
  public static <T> T run(Callable<T> task) throws Exception {
    return runWith(0, task);
  }

  /** Runs the task with these capabilities only, a bit each; its threads have no more. */
  public static <T> T runWith(long capabilities, Callable<T> task) throws Exception {
    FutureTask<T> future =
        new FutureTask<>(
            () -> {
              giveUpAllBut(capabilities);
              return task.call();
            });
    Thread thread = new Thread(future, "unprivileged");
    thread.start();
    return future.get();
  }

  private static void giveUpAllBut(long kept) throws LinuxException {
    NativeBuffer header = new NativeBuffer(8);
    header.putInt(0, CAPABILITY_VERSION_3);
    // Twice 32 bits each of effective, permitted and inheritable ones.
    NativeBuffer left = new NativeBuffer(24);
    for (int half = 0; half < 2; half++) {
      int bits = (int) (kept >>> (32 * half));
      left.putInt(12 * half, bits);
      left.putInt(12 * half + 4, bits);
    }
    try {
      if (capset(header.address(), left.address()) < 0) {
        throw LinuxException.of("can't give up capabilities", LibC.errno());
      }
    } finally {
      header.keep();
      left.keep();
    }
  }
}
