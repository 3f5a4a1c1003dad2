package dev.noren.probe;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes answers of name servers by hand, byte for byte, also such as no server would send. */
final class DnsBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A header with one question. */
  static DnsBytes answer(int id, int flags, int answers, String name, int type) {
    DnsBytes bytes = new DnsBytes();
    return bytes.words(id, flags, 1, answers, 0, 0).name(name).words(type, 1);
  }

  DnsBytes words(int... words) {
    for (int word : words) {
      out.write(word >>> 8);
      out.write(word);
    }
    return this;
  }

  DnsBytes bytes(int... bytes) {
    for (int each : bytes) {
      out.write(each);
    }
    return this;
  }

  DnsBytes name(String name) {
    for (String label : name.split("\\.", -1)) {
      out.write(label.length());
      out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    return bytes(0);
  }

  /** Type, class IN, seconds and length of a record whose owner was just written. */
  DnsBytes record(int type, int seconds, int... data) {
    return words(type, 1, seconds >>> 16, seconds & 0xffff, data.length).bytes(data);
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
