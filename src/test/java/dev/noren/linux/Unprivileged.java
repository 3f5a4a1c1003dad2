package dev.noren.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Runs a task on a thread of its own that has given up every capability. */
public final class Unprivileged {
  private static final int CAPABILITY_VERSION_3 = 0x20080522;

  static {
    Native.register(Unprivileged.class, NativeLibrary.getProcess());
  }

  private Unprivileged() {}

  private static native int capset(long header, long data);

  public static <T> T run(Callable<T> task) throws Exception {
    FutureTask<T> future =
        new FutureTask<>(
            () -> {
              giveUp();
              return task.call();
            });
    Thread thread = new Thread(future, "unprivileged");
    thread.start();
    return future.get();
  }

  private static void giveUp() throws LinuxException {
    NativeBuffer header = new NativeBuffer(8);
    header.putInt(0, CAPABILITY_VERSION_3);
    NativeBuffer none = new NativeBuffer(24);
    try {
      if (capset(header.address(), none.address()) < 0) {
        throw LinuxException.of("can't give up capabilities", LibC.errno());
      }
    } finally {
      header.keep();
      none.keep();
    }
  }
}
