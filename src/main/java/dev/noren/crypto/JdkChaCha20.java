package dev.noren.crypto;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/**
 * The JDK's ChaCha20 block function, which HotSpot replaces by vector code once it compiles the
 * caller. {@code Cipher} reaches it too, but through three calls per packet and several copies.
 */
final class JdkChaCha20 {
  /** Words in a state: 4 constants, 8 of key, the block's number, 3 of nonce. */
  static final int STATE_SIZE = 16;

  /** Bytes that there must be room for, which the vector code takes for granted. */
  static final int STREAM_SIZE = 1024;

  /** Bytes in one block. */
  static final int BLOCK_SIZE = 64;

  /** Why it can't be used, a sentence; or null if it can. */
  static final String PROBLEM;

  private static final String OWNER = "com.sun.crypto.provider.ChaCha20Cipher";

  /** A constant to the compiler, so that the call is inlined. */
  private static final MethodHandle BLOCK;

  static {
    MethodHandle found = null;
    String problem = null;
    try {
      found = find(OWNER);
    } catch (TierUnavailableException e) {
      problem = e.getMessage();
    }
    BLOCK = found;
    PROBLEM = problem;
  }

  private JdkChaCha20() {}

  /** The method in the class of this name. */
  static MethodHandle find(String className) throws TierUnavailableException {
    return JdkInternals.find(className, JdkChaCha20::in);
  }

  private static MethodHandle in(Lookup inside) throws ReflectiveOperationException {
    return inside.findStatic(
        inside.lookupClass(),
        "implChaCha20Block",
        MethodType.methodType(int.class, int[].class, byte[].class));
  }

  /**
   * Makes key stream.
   *
   * @param state {@link #STATE_SIZE} words; not changed
   * @param stream {@link #STREAM_SIZE} bytes
   * @return the bytes made, one block or several: it differs between processors, and between code
   *     that was compiled and code that was not
   */
  static int block(int[] state, byte[] stream) {
    if (state.length != STATE_SIZE || stream.length != STREAM_SIZE) {
      throw new IllegalArgumentException("the JDK's ChaCha20 writes past such arrays");
    }
    int made;
    try {
      made = (int) BLOCK.invokeExact(state, stream);
    } catch (Throwable e) {
      throw JdkInternals.failed("ChaCha20", e);
    }
    if (made < BLOCK_SIZE || made > STREAM_SIZE || made % BLOCK_SIZE != 0) {
      throw new IllegalStateException("the JDK's ChaCha20 made " + made + " bytes of key stream");
    }
    return made;
  }
}
