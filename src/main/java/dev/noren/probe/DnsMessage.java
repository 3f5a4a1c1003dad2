package dev.noren.probe;

import dev.noren.net.DnsReader;
import dev.noren.net.DnsReader.Malformed;
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
  private static final int MOST_RECORDS = 64;
  private static final int MOST_ALIASES = 16;
  private static final int MOST_ADDRESSES = 16;

  /** A day: what is believed for longer is not asked for again when it moves. */
  private static final int MOST_SECONDS = 86_400;

  private static final Pattern NAME =
      Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");

  private final DnsReader message;

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

  private DnsMessage(byte[] bytes, int length) {
    message = new DnsReader(bytes, length);
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
    int gotId = message.uint16();
    int flags = message.uint16();
    int questions = message.uint16();
    int answers = message.uint16();
    message.moveTo(HEADER);
    boolean ours =
        gotId == id
            && (flags & ANSWER_FLAG) != 0
            && (flags & OPCODE_MASK) == 0
            && questions == 1
            && message.name().equals(name)
            && message.uint16() == type
            && message.uint16() == IN;
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
    String owner = message.name();
    message.need(RECORD_FIXED);
    int gotType = message.uint16();
    int gotClass = message.uint16();
    int high = message.uint16();
    int low = message.uint16();
    // RFC 2181 section 8: what would be negative is 0.
    int seconds = high >= 0x8000 ? 0 : Math.min(MOST_SECONDS, high << 16 | low);
    int size = message.uint16();
    message.need(size);
    int end = message.position() + size;
    if (gotClass == IN && gotType == type && size == (type == A ? 4 : 16)) {
      IpAddress address = message.address(size);
      if (address.isOneHost()) {
        found.add(new Found(owner, address, null, seconds));
      }
    } else if (gotClass == IN && gotType == CNAME) {
      found.add(new Found(owner, null, message.name(), seconds));
    }
    message.moveTo(end);
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
}
