package dev.noren.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The C library's heap, which the JVM and its compilers use. What they give back, glibc keeps for
 * later, and so counts as used.
 */
public final class NativeHeap {
  private NativeHeap() {}

  /** Gives to the kernel what is free, where the C library is one that can (glibc). */
  public static void trim() {
    try {
      Glibc.malloc_trim(0);
    } catch (UnsatisfiedLinkError e) {
      // As with musl, which keeps little.
      return;
    }
  }

  /** A class of its own, since one missing function would fail all that are mapped with it. */
  private static final class Glibc {
    static {
      Native.register(Glibc.class, NativeLibrary.getProcess());
    }

    private Glibc() {}

    static native int malloc_trim(long keep);
  }
}
