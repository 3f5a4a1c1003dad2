package dev.noren.net;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network order (big-endian) in a byte array, at any offset. */
public final class Bytes {
  private static final VarHandle INT16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Bytes() {}

  /** 16 bits, unsigned. */
  public static int uint16(byte[] bytes, int offset) {
    return (short) INT16.get(bytes, offset) & 0xffff;
  }

  /** Writes the low 16 bits. */
  public static void putInt16(byte[] bytes, int offset, int value) {
    INT16.set(bytes, offset, (short) value);
  }

  /** 32 bits. */
  public static int int32(byte[] bytes, int offset) {
    return (int) INT32.get(bytes, offset);
  }

  /** Writes 32 bits. */
  public static void putInt32(byte[] bytes, int offset, int value) {
    INT32.set(bytes, offset, value);
  }

  /** 64 bits. */
  public static long int64(byte[] bytes, int offset) {
    return (long) INT64.get(bytes, offset);
  }

  /** Writes 64 bits. */
  public static void putInt64(byte[] bytes, int offset, long value) {
    INT64.set(bytes, offset, value);
  }
}
