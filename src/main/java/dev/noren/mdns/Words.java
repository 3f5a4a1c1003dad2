package dev.noren.mdns;

import dev.noren.net.IpAddress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the box says to the group about its name, byte by byte ({@link Packet} has the layout). */
final class Words {
  /** How long others may believe an address (RFC 6762, 10). */
  static final int SECONDS = 120;

  /** The same for who asked as one asks a name server (RFC 6762, 6.7). */
  private static final int LEGACY_SECONDS = 10;

  private static final int NSEC = 47;
  private static final int IN = 1;

  /** Whoever remembers other addresses of the name is to forget them. */
  private static final int FLUSH = 0x8000;

  private static final int DIRECT = 0x8000;
  private static final int ANSWER_FLAGS = 0x8400;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final String name;

  private Words(String name) {
    this.name = name;
  }

  /** Asks whether a name is free, for these addresses. */
  static byte[] probe(String name, List<IpAddress> addresses) {
    Words words = new Words(name);
    words.header(0, 0, 1, 0, addresses.size());
    words.question(Packet.ANY, DIRECT);
    addresses.forEach(each -> words.address(each, IN, SECONDS));
    return words.out.toByteArray();
  }

  /**
   * Says which addresses the name has.
   *
   * @param seconds for how long that holds, 0 for not any more
   */
  static byte[] announcement(String name, List<IpAddress> addresses, int seconds) {
    Words words = new Words(name);
    words.header(0, ANSWER_FLAGS, 0, addresses.size(), 0);
    addresses.forEach(each -> words.address(each, IN | FLUSH, seconds));
    return words.out.toByteArray();
  }

  /**
   * Answers a question. Where there are no addresses of its kind, it says that there are none.
   *
   * @param told those that are told
   * @param all those that the name has
   */
  static byte[] answer(String name, List<IpAddress> told, List<IpAddress> all) {
    Words words = new Words(name);
    words.header(0, ANSWER_FLAGS, 0, Math.max(1, told.size()), 0);
    words.answers(told, all, IN | FLUSH, SECONDS);
    return words.out.toByteArray();
  }

  /** The same for a program that knows of name servers alone. */
  static byte[] legacyAnswer(
      int id, int type, String name, List<IpAddress> told, List<IpAddress> all) {
    Words words = new Words(name);
    words.header(id, ANSWER_FLAGS, 1, Math.max(1, told.size()), 0);
    words.question(type, 0);
    words.answers(told, all, IN, LEGACY_SECONDS);
    return words.out.toByteArray();
  }

  private void answers(List<IpAddress> told, List<IpAddress> all, int kind, int seconds) {
    if (told.isEmpty()) {
      nothing(all, kind, seconds);
    }
    told.forEach(each -> address(each, kind, seconds));
  }

  private void header(int id, int flags, int questions, int answers, int authorities) {
    for (int word : new int[] {id, flags, questions, answers, authorities, 0}) {
      uint16(word);
    }
  }

  private void question(int type, int wish) {
    name();
    uint16(type);
    uint16(IN | wish);
  }

  private void address(IpAddress address, int kind, int seconds) {
    byte[] data = address.toBytes();
    record(address.v6() ? Packet.AAAA : Packet.A, kind, seconds, data.length);
    out.writeBytes(data);
  }

  /** Which types there are, and so that there is no other (RFC 6762, 6.1): a bit for each. */
  private void nothing(List<IpAddress> all, int kind, int seconds) {
    boolean v6 = all.stream().anyMatch(IpAddress::v6);
    boolean v4 = all.stream().anyMatch(each -> !each.v6());
    byte[] bits = new byte[Packet.AAAA / 8 + 1];
    bits[0] = (byte) (v4 ? 0x80 >> Packet.A : 0);
    bits[Packet.AAAA / 8] = (byte) (v6 ? 0x80 >> Packet.AAAA % 8 : 0);
    record(NSEC, kind, seconds, name.length() + 2 + 2 + bits.length);
    name();
    out.write(0);
    out.write(bits.length);
    out.writeBytes(bits);
  }

  private void record(int type, int kind, int seconds, int size) {
    name();
    uint16(type);
    uint16(kind);
    uint16(seconds >>> 16);
    uint16(seconds);
    uint16(size);
  }

  private void name() {
    for (String label : name.split("\\.", -1)) {
      out.write(label.length());
      out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    out.write(0);
  }

  private void uint16(int value) {
    out.write(value >>> 8);
    out.write(value);
  }
}
