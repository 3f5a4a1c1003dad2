package dev.noren.mdns;

import dev.noren.net.DnsReader;
import dev.noren.net.DnsReader.Malformed;
import dev.noren.net.IpAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody has sent to the group, as far as one name is concerned. It reads bytes that anybody
 * may have sent: no length is believed, and names that lead round in a circle end.
 *
 * <pre>
 * header, 12 bytes   id 0 (2) · flags 2 (2) · questions 4 (2) · answers 6 (2) · authorities 8 (2)
 *                    · additional 10 (2)
 * question           name · type (2) · class (2), with the wish for a direct answer in its first bit
 * record             name · type (2) · class (2) · seconds to live (4) · length (2) · data
 * </pre>
 *
 * @param id the message's number
 * @param answer whether it says something, or asks
 * @param questions what it asks about the name
 * @param said the addresses that it says the name has, and for how long
 * @param claimed the addresses that a sender would like the name to have, who asks whether it is
 *     free
 */
record Packet(
    int id, boolean answer, List<Question> questions, List<Said> said, List<IpAddress> claimed) {
  /** The type of a record that holds an IPv4 address. */
  static final int A = 1;

  /** The same for IPv6. */
  static final int AAAA = 28;

  /** What asks for all types. */
  static final int ANY = 255;

  private static final int IN = 1;
  private static final int CLASS_MASK = 0x7fff;
  private static final int DIRECT = 0x8000;
  private static final int HEADER = 12;
  private static final int RECORD_FIXED = 10;
  private static final int ANSWER_FLAG = 0x8000;
  private static final int OPCODE_AND_CODE = 0x780f;

  /** Of a name that is somebody's alone there are few addresses. */
  private static final int MOST_SAID = 32;

  /**
   * A question about the name.
   *
   * @param type {@link #A}, {@link #AAAA}, {@link #ANY} or another
   * @param direct whether the answer may go to who asks alone
   */
  record Question(int type, boolean direct) {}

  /**
   * An address of the name's.
   *
   * @param seconds for how long that holds; 0 where it no longer does
   */
  record Said(IpAddress address, long seconds) {}

  Packet {
    questions = List.copyOf(questions);
    said = List.copyOf(said);
    claimed = List.copyOf(claimed);
  }

  /**
   * Reads a packet.
   *
   * @param name in small letters, as in noren.local
   * @return null where it is none, or can't be read
   */
  static Packet read(byte[] bytes, int length, String name) {
    try {
      return packet(new DnsReader(bytes, length), name);
    } catch (Malformed e) {
      return null;
    }
  }

  private static Packet packet(DnsReader message, String name) throws Malformed {
    message.need(HEADER);
    int id = message.uint16();
    int flags = message.uint16();
    int asked = message.uint16();
    int answers = message.uint16();
    int authorities = message.uint16();
    int additional = message.uint16();
    if ((flags & OPCODE_AND_CODE) != 0) {
      return null;
    }
    boolean answer = (flags & ANSWER_FLAG) != 0;
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < asked; i++) {
      String about = message.name();
      int type = message.uint16();
      int kind = message.uint16();
      boolean ours = about.equals(name) && isInternet(kind);
      if (ours && questions.size() < MOST_SAID) {
        questions.add(new Question(type, (kind & DIRECT) != 0));
      }
    }
    List<Said> said = records(message, answers, name);
    List<Said> claimed = records(message, authorities, name);
    if (answer) {
      said.addAll(records(message, additional, name));
    }
    return new Packet(
        id, answer, questions, said, claimed.stream().map(each -> each.address).toList());
  }

  private static boolean isInternet(int kind) {
    return (kind & CLASS_MASK) == IN || (kind & CLASS_MASK) == ANY;
  }

  private static List<Said> records(DnsReader message, int count, String name) throws Malformed {
    List<Said> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String owner = message.name();
      message.need(RECORD_FIXED);
      int type = message.uint16();
      int kind = message.uint16();
      long seconds = (long) message.uint16() << 16 | message.uint16();
      int size = message.uint16();
      message.need(size);
      int end = message.position() + size;
      boolean address = (type == A && size == 4) || (type == AAAA && size == 16);
      if (address && isInternet(kind) && owner.equals(name) && found.size() < MOST_SAID) {
        found.add(new Said(message.address(size), seconds));
      }
      message.moveTo(end);
    }
    return found;
  }
}
