package dev.noren.linux;

import com.sun.jna.Platform;

/**
 * How long the kernel lets a thread run before it looks whether another is due. From Linux 6.12 on
 * a thread that wakes up goes before one that runs if its own slice is the shorter one; otherwise
 * it waits for the running one's slice to end, which is up to 4 ms. Older kernels take the number
 * and do nothing with it.
 *
 * <p>{@code struct sched_attr}, of which the first 48 bytes are used: size (u32), policy (u32),
 * flags (u64), nice (s32), priority (u32), runtime (u64, which is the slice in ns), deadline (u64),
 * period (u64).
 */
public final class TimeSlice {
  /** The least that the kernel takes. */
  public static final long SHORTEST_NS = 100_000;

  private static final int SIZE_BYTES = 48;
  private static final int POLICY = 4;
  private static final int RUNTIME = 24;

  /** The policy of a thread that nobody gave another one. */
  private static final int SCHED_OTHER = 0;

  private static final int THIS_THREAD = 0;

  private static final long SCHED_SETATTR = Platform.isARM() ? 274 : 314;
  private static final long SCHED_GETATTR = SCHED_SETATTR + 1;

  private TimeSlice() {}

  /**
   * Gives the calling thread a slice; its policy, nice value and the rest stay as they are.
   *
   * @return whether the kernel took it; it doesn't matter to one that has another policy than
   *     ordinary threads, whose slice is left alone
   */
  public static boolean set(long sliceNs) {
    NativeBuffer attributes = read();
    if (attributes == null || attributes.getInt(POLICY) != SCHED_OTHER) {
      return false;
    }
    attributes.putLong(RUNTIME, sliceNs);
    boolean taken = LibC.syscall(SCHED_SETATTR, THIS_THREAD, attributes.address(), 0, 0) == 0;
    attributes.keep();
    return taken;
  }

  /** The calling thread's slice in ns; 0 where the kernel doesn't say. */
  static long get() {
    NativeBuffer attributes = read();
    return attributes == null ? 0 : attributes.getLong(RUNTIME);
  }

  private static NativeBuffer read() {
    NativeBuffer attributes = new NativeBuffer(SIZE_BYTES);
    long result =
        LibC.syscall(SCHED_GETATTR, THIS_THREAD, attributes.address(), attributes.size(), 0);
    attributes.keep();
    return result == 0 ? attributes : null;
  }
}
