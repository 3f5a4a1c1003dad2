package dev.noren.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Lays key stream over bytes. */
final class KeyStream {
  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private KeyStream() {}

  /**
   * XORs {@code length} bytes in place. HotSpot unrolls loops of this shape, with one array that is
   * read and written at the same place and a limit known before, and takes the bounds checks out of
   * them; with a third array to write to, or byte by byte, it takes two to three times as long.
   */
  static void lay(byte[] stream, int streamOffset, byte[] bytes, int offset, int length) {
    int i = 0;
    int limit = length - 31;
    for (; i < limit; i += 32) {
      int s = streamOffset + i;
      int b = offset + i;
      // All are read before one is written, since for all the compiler knows it is one array.
      long x0 = int64(bytes, b) ^ int64(stream, s);
      long x1 = int64(bytes, b + 8) ^ int64(stream, s + 8);
      long x2 = int64(bytes, b + 16) ^ int64(stream, s + 16);
      long x3 = int64(bytes, b + 24) ^ int64(stream, s + 24);
      INT64.set(bytes, b, x0);
      INT64.set(bytes, b + 8, x1);
      INT64.set(bytes, b + 16, x2);
      INT64.set(bytes, b + 24, x3);
    }
    limit = length - 7;
    for (; i < limit; i += 8) {
      INT64.set(bytes, offset + i, int64(bytes, offset + i) ^ int64(stream, streamOffset + i));
    }
    for (; i < length; i++) {
      bytes[offset + i] ^= stream[streamOffset + i];
    }
  }

  private static long int64(byte[] bytes, int offset) {
    return (long) INT64.get(bytes, offset);
  }
}
