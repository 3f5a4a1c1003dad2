package dev.noren.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Memory outside the Java heap whose address a system call takes: zeroed, of fixed size, in the
 * machine's byte order unless a method says network order. It is freed some time after the last
 * reference to it is gone, so who hands its address to a call on a buffer of his own ends with
 * {@link #keep}.
 */
public final class NativeBuffer {
  private final ByteBuffer bytes;
  private final long address;

  /** Takes that many bytes of memory. */
  public NativeBuffer(int sizeBytes) {
    bytes = ByteBuffer.allocateDirect(sizeBytes).order(ByteOrder.nativeOrder());
    address = Pointer.nativeValue(Native.getDirectBufferPointer(bytes));
  }

  /** The text in UTF-8, ended by a zero byte as C expects. */
  public static NativeBuffer ofText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    NativeBuffer buffer = new NativeBuffer(utf8.length + 1);
    buffer.put(0, utf8, 0, utf8.length);
    return buffer;
  }

  /** Where it begins. */
  public long address() {
    return address;
  }

  /** Its size in bytes. */
  public int size() {
    return bytes.capacity();
  }

  /** 8 bits, unsigned. */
  public int getByte(int offset) {
    return bytes.get(offset) & 0xff;
  }

  /** Writes the low 8 bits. */
  public void putByte(int offset, int value) {
    bytes.put(offset, (byte) value);
  }

  /** 16 bits, unsigned. */
  public int getShort(int offset) {
    return bytes.getShort(offset) & 0xffff;
  }

  /** Writes the low 16 bits. */
  public void putShort(int offset, int value) {
    bytes.putShort(offset, (short) value);
  }

  /** 32 bits. */
  public int getInt(int offset) {
    return bytes.getInt(offset);
  }

  /** Writes 32 bits. */
  public void putInt(int offset, int value) {
    bytes.putInt(offset, value);
  }

  /** 64 bits. */
  public long getLong(int offset) {
    return bytes.getLong(offset);
  }

  /** Writes 64 bits. */
  public void putLong(int offset, long value) {
    bytes.putLong(offset, value);
  }

  /** 16 bits in network order, unsigned. */
  public int getNetworkShort(int offset) {
    return Short.reverseBytes(bytes.getShort(offset)) & 0xffff;
  }

  /** Writes the low 16 bits in network order. */
  public void putNetworkShort(int offset, int value) {
    bytes.putShort(offset, Short.reverseBytes((short) value));
  }

  /** 32 bits in network order. */
  public int getNetworkInt(int offset) {
    return Integer.reverseBytes(bytes.getInt(offset));
  }

  /** Writes 32 bits in network order. */
  public void putNetworkInt(int offset, int value) {
    bytes.putInt(offset, Integer.reverseBytes(value));
  }

  /** 64 bits in network order. */
  public long getNetworkLong(int offset) {
    return Long.reverseBytes(bytes.getLong(offset));
  }

  /** Writes 64 bits in network order. */
  public void putNetworkLong(int offset, long value) {
    bytes.putLong(offset, Long.reverseBytes(value));
  }

  /** Copies out of this memory. */
  public void get(int offset, byte[] into, int intoOffset, int length) {
    bytes.get(offset, into, intoOffset, length);
  }

  /** Copies into this memory. */
  public void put(int offset, byte[] from, int fromOffset, int length) {
    bytes.put(offset, from, fromOffset, length);
  }

  /** Sets bytes to zero. */
  public void zero(int offset, int length) {
    for (int i = 0; i < length; i++) {
      bytes.put(offset + i, (byte) 0);
    }
  }

  /** The text from there to the first zero byte, or to the end of that many bytes. */
  public String getText(int offset, int most) {
    int end = offset;
    while (end < offset + most && bytes.get(end) != 0) {
      end++;
    }
    byte[] utf8 = new byte[end - offset];
    get(offset, utf8, 0, utf8.length);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /**
   * Holds the memory until here, where only its address is in the hands of a system call; to be
   * called in a {@code finally}.
   */
  @SuppressWarnings("ReachabilityFenceUsage") // the finally is the caller's
  public void keep() {
    Reference.reachabilityFence(this);
  }
}
