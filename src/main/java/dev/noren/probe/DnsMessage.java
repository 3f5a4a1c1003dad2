package dev.noren.probe;

import dev.noren.net.IpAddress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Questions to name servers and their answers (RFC 1035; AAAA: RFC 3596). It reads bytes that
 * anybody may have sent: no length is believed, and names that lead round in a circle end.
 *
 * <pre>
 * header, 12 bytes   id 0 (2) · flags 2 (2) · questions 4 (2) · answers 6 (2) · authorities 8 (2)
 *                    · additional 10 (2)
 * question           name · type (2) · class (2)
 * record             name · type (2) · class (2) · seconds to live (4) · length (2) · data
 * </pre>
 */
final class DnsMessage {
  /** An IPv4 address. */
  static final int A = 1;

  /** An IPv6 address. */
  static final int AAAA = 28;

  private static final int CNAME = 5;
  private static final int IN = 1;
  private static final int HEADER = 12;
  private static final int RECORD_FIXED = 10;
  private static final int ANSWER_FLAG = 0x8000;
  private static final int OPCODE_MASK = 0x7800;
  private static final int TRUNCATED_FLAG = 0x0200;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int CODE_MASK = 0xf;
  private static final int NO_SUCH_NAME_CODE = 3;
  private static final int POINTER = 0xc0;
  private static final int MOST_RECORDS = 64;
  private static final int MOST_ALIASES = 16;
  private static final int MOST_ADDRESSES = 16;
  private static final int MOST_NAME = 255;

  /** A day: what is believed for longer is not asked for again when it moves. */
  private static final int MOST_SECONDS = 86_400;

  private static final Pattern NAME =
      Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");

  private final byte[] bytes;
  private final int length;
  private int at;

  /** What an answer says. */
  enum Kind {
    /** There are addresses. */
    ADDRESSES,
    /** The name exists, and has none of this kind. */
    NONE,
    /** The name does not exist. */
    NO_SUCH_NAME,
    /** It did not fit; a stream has more room. */
    TRUNCATED,
    /** The server could not say, or refused to. */
    FAILED
  }

  /**
   * An answer.
   *
   * @param kind what it says
   * @param addresses none but for {@link Kind#ADDRESSES}
   * @param seconds how long that stays true
   */
  record Answer(Kind kind, List<IpAddress> addresses, int seconds) {
    Answer {
      addresses = List.copyOf(addresses);
    }

    static Answer without(Kind kind) {
      return new Answer(kind, List.of(), 0);
    }
  }

  /** A record of an answer: an address, or another name for the same. */
  private record Found(String name, IpAddress address, String alias, int seconds) {}

  /** The message's end came too early, or a name has no end. */
  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed() {
      super(null, null, false, false);
    }
  }

  private DnsMessage(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  /** Whether there can be a host of that name. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * A question.
   *
   * @param id 0 to 65535
   * @param name one that {@link #isName}
   * @param type {@link #A} or {@link #AAAA}
   */
  static byte[] question(int id, String name, int type) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int word : new int[] {id, RECURSION_DESIRED, 1, 0, 0, 0}) {
      out.write(word >>> 8);
      out.write(word);
    }
    for (String label : name.split("\\.", -1)) {
      out.write(label.length());
      out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    out.writeBytes(new byte[] {0, 0, (byte) type, 0, IN});
    return out.toByteArray();
  }

  /**
   * Reads an answer. Addresses that no host can have are left out: some name servers tell 0.0.0.0
   * of what they block, where the kernel would send to itself.
   *
   * @return empty where it is none to this question, or can't be read
   */
  static Optional<Answer> answer(byte[] bytes, int length, int id, String name, int type) {
    try {
      return new DnsMessage(bytes, length).answer(id, name.toLowerCase(Locale.ROOT), type);
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  private Optional<Answer> answer(int id, String name, int type) throws Malformed {
    int gotId = uint16();
    int flags = uint16();
    int questions = uint16();
    int answers = uint16();
    at = HEADER;
    boolean ours =
        gotId == id
            && (flags & ANSWER_FLAG) != 0
            && (flags & OPCODE_MASK) == 0
            && questions == 1
            && name().equals(name)
            && uint16() == type
            && uint16() == IN;
    if (!ours) {
      return Optional.empty();
    }
    if ((flags & TRUNCATED_FLAG) != 0) {
      return Optional.of(Answer.without(Kind.TRUNCATED));
    }
    if ((flags & CODE_MASK) == NO_SUCH_NAME_CODE) {
      return Optional.of(Answer.without(Kind.NO_SUCH_NAME));
    }
    if ((flags & CODE_MASK) != 0) {
      return Optional.of(Answer.without(Kind.FAILED));
    }
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < Math.min(answers, MOST_RECORDS); i++) {
      record(type, found);
    }
    return Optional.of(follow(name, found));
  }

  private void record(int type, List<Found> found) throws Malformed {
    String owner = name();
    need(RECORD_FIXED);
    int gotType = uint16();
    int gotClass = uint16();
    int high = uint16();
    int low = uint16();
    // RFC 2181 section 8: what would be negative is 0.
    int seconds = high >= 0x8000 ? 0 : Math.min(MOST_SECONDS, high << 16 | low);
    int size = uint16();
    need(size);
    int end = at + size;
    if (gotClass == IN && gotType == type && size == (type == A ? 4 : 16)) {
      IpAddress address = IpAddress.of(bytes, at, size);
      if (address.isOneHost()) {
        found.add(new Found(owner, address, null, seconds));
      }
    } else if (gotClass == IN && gotType == CNAME) {
      found.add(new Found(owner, null, name(), seconds));
    }
    at = end;
  }

  /** From the name that was asked for along the aliases to the addresses. */
  private static Answer follow(String asked, List<Found> found) {
    String name = asked;
    int seconds = MOST_SECONDS;
    for (int hop = 0; hop <= MOST_ALIASES; hop++) {
      List<IpAddress> addresses = new ArrayList<>();
      String alias = null;
      for (Found each : found) {
        if (each.name.equals(name) && each.address != null) {
          if (addresses.size() < MOST_ADDRESSES && !addresses.contains(each.address)) {
            addresses.add(each.address);
          }
          seconds = Math.min(seconds, each.seconds);
        } else if (each.name.equals(name) && alias == null) {
          alias = each.alias;
          seconds = Math.min(seconds, each.seconds);
        }
      }
      if (!addresses.isEmpty()) {
        return new Answer(Kind.ADDRESSES, addresses, seconds);
      }
      if (alias == null) {
        return Answer.without(Kind.NONE);
      }
      name = alias;
    }
    return Answer.without(Kind.FAILED);
  }

  /** A name in small letters. Each pointer must lead further to the front, so each name ends. */
  private String name() throws Malformed {
    StringBuilder name = new StringBuilder();
    int from = at;
    int limit = length;
    boolean jumped = false;
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
      if (!name.isEmpty()) {
        name.append('.');
      }
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
