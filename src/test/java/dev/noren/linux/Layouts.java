package dev.noren.linux;

import java.util.HexFormat;

/** Shows native memory as hexadecimal, so that a layout is compared byte by byte. */
final class Layouts {
  private Layouts() {}

  static String hex(NativeBuffer buffer, int at, int length) {
    byte[] bytes = new byte[length];
    buffer.get(at, bytes, 0, length);
    return HexFormat.of().formatHex(bytes);
  }

  /** A buffer full of ones, so that a byte that a codec forgets is seen. */
  static NativeBuffer dirty(int size) {
    NativeBuffer buffer = new NativeBuffer(size);
    for (int i = 0; i < size; i++) {
      buffer.putByte(i, 0xff);
    }
    return buffer;
  }

  static NativeBuffer of(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    NativeBuffer buffer = new NativeBuffer(bytes.length);
    buffer.put(0, bytes, 0, bytes.length);
    return buffer;
  }
}
