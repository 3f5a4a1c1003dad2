package dev.noren.linux;

/** What the kernel knows of its clock. */
public final class KernelClock {
  /** adjtimex(2): struct timex on a 64-bit machine, bytes; all zero, it changes nothing. */
  private static final int TIMEX_BYTES = 208;

  /** adjtimex(2): nobody has set the clock who knows the time, or it was long ago. */
  private static final int TIME_ERROR = 5;

  private KernelClock() {}

  /** Whether somebody who knows the time keeps the clock, as chrony does with rtcsync. */
  public static boolean isKept() {
    NativeBuffer timex = new NativeBuffer(TIMEX_BYTES);
    int state = LibC.adjtimex(timex.address());
    timex.keep();
    return state >= 0 && state != TIME_ERROR;
  }
}
