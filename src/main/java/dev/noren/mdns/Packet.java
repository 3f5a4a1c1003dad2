package dev.noren.mdns;

import dev.noren.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
  private static final int POINTER = 0xc0;

  /** Pointers within a name: senders use one or two. */
  private static final int MOST_JUMPS = 16;

  private static final int MOST_NAME = 255;

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
      return new Reader(bytes, length).packet(name);
    } catch (Malformed e) {
      return null;
    }
  }

  /** The message's end came too early, or a name has no end. */
  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed() {
      super(null, null, false, false);
    }
  }

  private static final class Reader {
    private final byte[] bytes;
    private final int length;
    private int at;

    Reader(byte[] bytes, int length) {
      this.bytes = bytes;
      this.length = length;
    }

    Packet packet(String name) throws Malformed {
      need(HEADER);
      int id = uint16();
      int flags = uint16();
      int asked = uint16();
      int answers = uint16();
      int authorities = uint16();
      int additional = uint16();
      if ((flags & OPCODE_AND_CODE) != 0) {
        return null;
      }
      boolean answer = (flags & ANSWER_FLAG) != 0;
      List<Question> questions = new ArrayList<>();
      for (int i = 0; i < asked; i++) {
        String about = name();
        int type = uint16();
        int kind = uint16();
        boolean ours = about.equals(name) && isInternet(kind);
        if (ours && questions.size() < MOST_SAID) {
          questions.add(new Question(type, (kind & DIRECT) != 0));
        }
      }
      List<Said> said = records(answers, name);
      List<Said> claimed = records(authorities, name);
      if (answer) {
        said.addAll(records(additional, name));
      }
      return new Packet(
          id, answer, questions, said, claimed.stream().map(each -> each.address).toList());
    }

    private static boolean isInternet(int kind) {
      return (kind & CLASS_MASK) == IN || (kind & CLASS_MASK) == ANY;
    }

    private List<Said> records(int count, String name) throws Malformed {
      List<Said> found = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String owner = name();
        need(RECORD_FIXED);
        int type = uint16();
        int kind = uint16();
        long seconds = (long) uint16() << 16 | uint16();
        int size = uint16();
        need(size);
        boolean address = (type == A && size == 4) || (type == AAAA && size == 16);
        if (address && isInternet(kind) && owner.equals(name) && found.size() < MOST_SAID) {
          found.add(new Said(IpAddress.of(bytes, at, size), seconds));
        }
        at += size;
      }
      return found;
    }

    /** A name in small letters. Each pointer must lead further to the front, so each name ends. */
    private String name() throws Malformed {
      StringBuilder name = new StringBuilder();
      int from = at;
      int limit = length;
      boolean jumped = false;
      int jumps = 0;
      while (true) {
        if (from >= limit) {
          throw new Malformed();
        }
        int size = bytes[from] & 0xff;
        if (size >= POINTER) {
          if (from + 1 >= limit) {
            throw new Malformed();
          }
          int target = (size & 0x3f) << 8 | (bytes[from + 1] & 0xff);
          at = jumped ? at : from + 2;
          jumped = true;
          if (++jumps > MOST_JUMPS) {
            throw new Malformed();
          }
          // It leads to before where it stands, and what is there ends before it too.
          limit = from;
          from = target;
          continue;
        }
        from++;
        if (size == 0) {
          at = jumped ? at : from;
          return name.toString();
        }
        if (size > 63 || from + size > limit || name.length() + size >= MOST_NAME) {
          throw new Malformed();
        }
        name.append(name.isEmpty() ? "" : ".");
        String label = new String(bytes, from, size, StandardCharsets.ISO_8859_1);
        name.append(label.toLowerCase(Locale.ROOT));
        from += size;
      }
    }

    private int uint16() throws Malformed {
      need(2);
      int value = (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
      at += 2;
      return value;
    }

    private void need(int count) throws Malformed {
      if (length - at < count) {
        throw new Malformed();
      }
    }
  }
}
