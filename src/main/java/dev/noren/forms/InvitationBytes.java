package dev.noren.forms;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.config.HostPort;
import dev.noren.net.Bytes;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The bytes of an invitation, written at their end or read from their start. */
final class InvitationBytes {
  private static final int NAME = 0;
  private static final int MOST_TEXT = 255;

  private byte[] bytes;
  private int at;

  InvitationBytes() {
    this(new byte[0]);
  }

  InvitationBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] all() {
    return bytes.clone();
  }

  void raw(byte[] more) {
    int end = bytes.length;
    bytes = Arrays.copyOf(bytes, end + more.length);
    System.arraycopy(more, 0, bytes, end, more.length);
  }

  void int64(long value) {
    byte[] more = new byte[8];
    Bytes.putInt64(more, 0, value);
    raw(more);
  }

  void int16(int value) {
    raw(new byte[] {(byte) (value >> 8), (byte) value});
  }

  void int8(int value) {
    raw(new byte[] {(byte) value});
  }

  void text(String text) {
    byte[] encoded = text.getBytes(UTF_8);
    if (encoded.length > MOST_TEXT) {
      throw new Refused("invitation.text", text);
    }
    int8(encoded.length);
    raw(encoded);
  }

  void address(IpAddress address) {
    int8(address.v6() ? 6 : 4);
    raw(address.toBytes());
  }

  void cidr(Cidr cidr) {
    address(cidr.address());
    int8(cidr.prefixLength());
  }

  void endpoint(HostPort endpoint) {
    if (endpoint.isNumeric()) {
      address(IpAddress.parse(endpoint.host()));
    } else {
      int8(NAME);
      text(endpoint.host());
    }
    int16(endpoint.port());
  }

  byte[] raw(int length) {
    if (length > bytes.length - at) {
      throw new Refused("invitation.cut");
    }
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  int int8() {
    return raw(1)[0] & 0xff;
  }

  int int16() {
    return Bytes.uint16(raw(2), 0);
  }

  /** Seconds since 1970, up to the year 9999. */
  long time() {
    long seconds = Bytes.int64(raw(8), 0);
    if (seconds < 0 || seconds > Instant.parse("9999-12-31T23:59:59Z").getEpochSecond()) {
      throw new Refused("invitation.time");
    }
    return seconds;
  }

  String text() {
    return new String(raw(int8()), UTF_8);
  }

  IpAddress address() {
    return address(int8());
  }

  private IpAddress address(int kind) {
    if (kind != 4 && kind != 6) {
      throw new Refused("invitation.family");
    }
    int length = kind == 4 ? 4 : 16;
    return IpAddress.of(raw(length), 0, length);
  }

  Cidr cidr() {
    IpAddress address = address();
    return new Cidr(address, int8());
  }

  List<HostPort> endpoints(int most) {
    int count = int8();
    if (count > most) {
      throw new Refused("invitation.endpoints");
    }
    List<HostPort> endpoints = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = int8();
      String host = kind == NAME ? text() : address(kind).toString();
      endpoints.add(new HostPort(host, int16()));
    }
    return endpoints;
  }

  /** Nothing may follow. */
  void end() {
    if (at != bytes.length) {
      throw new Refused("invitation.more");
    }
  }
}
