package dev.noren.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The nonce of a transport packet (WP 5.4.6): 4 zero bytes, then the counter, little-endian. */
final class TransportNonce {
  static final int SIZE = 12;

  private static final int COUNTER = 4;
  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private TransportNonce() {}

  /** Puts the counter into a nonce whose first 4 bytes are zero. */
  static void write(long counter, byte[] nonce) {
    INT64.set(nonce, COUNTER, counter);
  }
}
