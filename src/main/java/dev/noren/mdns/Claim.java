package dev.noren.mdns;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.mdns.Packet.Question;
import dev.noren.net.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One box's claim to a name for its addresses (RFC 6762, 8 and 9): it asks three times whether the
 * name is free, says twice that it has it, and answers from then on. Where the name is somebody's
 * it takes the next: noren, noren-2, noren-3. Pure: time and chance are parameters.
 */
final class Claim {
  private static final String DOMAIN = ".local";
  private static final int PROBES = 3;
  private static final int ANNOUNCEMENTS = 2;
  private static final long PROBE_NS = MILLISECONDS.toNanos(250);
  private static final long ANNOUNCE_NS = SECONDS.toNanos(1);

  /** Nobody says the same to all more often. */
  private static final long REST_NS = SECONDS.toNanos(1);

  /** Of two who ask for a name at once, the one that gives way waits so long (RFC 6762, 8.2). */
  private static final long GIVE_WAY_NS = SECONDS.toNanos(1);

  /** After so many names that were somebody's, it takes its time (RFC 6762, 8.1). */
  private static final int MANY = 15;

  /** So many within this time are many. */
  private static final long WINDOW_NS = SECONDS.toNanos(10);

  private static final long MANY_NS = SECONDS.toNanos(5);

  /** Whoever makes up more of them gets no new name for each. */
  private static final int LAST = 99;

  private final String base;
  private final List<IpAddress> addresses;
  private final RandomGenerator random;
  private int number = 1;
  private int conflicts;
  private long windowNs;
  private int said;
  private long dueNs;
  private long toldNs;

  /** What is to be sent. */
  static final class Reply {
    private final byte[] bytes;
    private final boolean direct;

    Reply(byte[] bytes, boolean direct) {
      this.bytes = bytes;
      this.direct = direct;
    }

    byte[] bytes() {
      return bytes;
    }

    /** Whether it goes to who asked, and not to the group. */
    boolean direct() {
      return direct;
    }
  }

  /**
   * A claim.
   *
   * @param base the first part of the name, in small letters
   * @param addresses which the name is to have
   */
  Claim(String base, List<IpAddress> addresses, RandomGenerator random, long nowNs) {
    this.base = base;
    this.addresses = List.copyOf(addresses);
    this.random = random;
    this.toldNs = nowNs - REST_NS;
    this.windowNs = nowNs;
    begin(nowNs, 0);
  }

  private void begin(long nowNs, long waitNs) {
    said = 0;
    dueNs = nowNs + waitNs + random.nextLong(PROBE_NS);
  }

  /** The name that it has, or is asking for. */
  String name() {
    return (number == 1 ? base : base + "-" + number) + DOMAIN;
  }

  /** Whether the name is its own. */
  boolean isOwn() {
    return said >= PROBES + 1;
  }

  /** When {@link #due} has something to say, unless that is {@link Long#MAX_VALUE}. */
  long dueNs() {
    return said >= PROBES + ANNOUNCEMENTS ? Long.MAX_VALUE : dueNs;
  }

  /** What is to be said to the group now, or null. */
  byte[] due(long nowNs) {
    if (dueNs() == Long.MAX_VALUE || nowNs - dueNs < 0) {
      return null;
    }
    said++;
    dueNs = nowNs + (said <= PROBES ? PROBE_NS : ANNOUNCE_NS);
    if (said <= PROBES) {
      return Words.probe(name(), addresses);
    }
    toldNs = nowNs;
    return Words.announcement(name(), addresses, Words.SECONDS);
  }

  /** What is said at the end, or null where the name was not its own. */
  byte[] farewell() {
    return isOwn() ? Words.announcement(name(), addresses, 0) : null;
  }

  /**
   * Somebody has sent this.
   *
   * @param legacy whether he asks from another port than the group's, as one asks a name server
   * @return the answer, or null
   */
  Reply heard(Packet packet, boolean legacy, long nowNs) {
    if (packet.answer()) {
      if (!legacy && packet.said().stream().anyMatch(this::isAnother)) {
        lose(nowNs);
      }
      return null;
    }
    if (isOwn()) {
      return packet.questions().isEmpty() ? null : answer(packet, legacy, nowNs);
    }
    if (!packet.claimed().isEmpty() && mustGiveWay(packet.claimed())) {
      begin(nowNs, GIVE_WAY_NS);
    }
    return null;
  }

  private boolean isAnother(Packet.Said each) {
    return each.seconds() > 0 && !addresses.contains(each.address());
  }

  /** Who has had the name asks anew whether he may have it: the other may be gone by then. */
  private void lose(long nowNs) {
    if (!isOwn()) {
      number = number == LAST ? 2 : number + 1;
    }
    if (nowNs - windowNs >= WINDOW_NS) {
      windowNs = nowNs;
      conflicts = 0;
    }
    conflicts++;
    begin(nowNs, conflicts >= MANY ? MANY_NS : 0);
  }

  /** The one whose addresses come later in the order of their bytes may go on. */
  private boolean mustGiveWay(List<IpAddress> others) {
    List<byte[]> ours = ordered(addresses);
    List<byte[]> theirs = ordered(others);
    for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
      int order = Arrays.compareUnsigned(ours.get(i), theirs.get(i));
      if (order != 0) {
        return order < 0;
      }
    }
    return ours.size() < theirs.size();
  }

  /** By type and data; each type here has data of a length of its own. */
  private static List<byte[]> ordered(List<IpAddress> addresses) {
    return addresses.stream()
        .map(IpAddress::toBytes)
        .sorted(
            (one, other) ->
                one.length != other.length
                    ? one.length - other.length
                    : Arrays.compareUnsigned(one, other))
        .toList();
  }

  private Reply answer(Packet packet, boolean legacy, long nowNs) {
    Question first = packet.questions().getFirst();
    if (legacy) {
      return new Reply(
          Words.legacyAnswer(packet.id(), first.type(), name(), of(first.type()), addresses), true);
    }
    List<IpAddress> told = new ArrayList<>();
    for (Question question : packet.questions()) {
      of(question.type()).stream().filter(each -> !told.contains(each)).forEach(told::add);
    }
    boolean none = told.isEmpty();
    // Who asks says what he knows, so that nobody has to say it again (RFC 6762, 7.1).
    told.removeIf(
        each ->
            packet.said().stream()
                .anyMatch(
                    known -> known.address().equals(each) && known.seconds() >= Words.SECONDS / 2));
    if (told.isEmpty() && !none) {
      return null;
    }
    boolean direct = packet.questions().stream().allMatch(Question::direct);
    boolean probe = !packet.claimed().isEmpty();
    if (!direct && nowNs - toldNs < (probe ? PROBE_NS : REST_NS)) {
      return null;
    }
    if (!direct) {
      toldNs = nowNs;
    }
    return new Reply(Words.answer(name(), told, addresses), direct && !probe);
  }

  private List<IpAddress> of(int type) {
    return addresses.stream()
        .filter(each -> type == Packet.ANY || type == (each.v6() ? Packet.AAAA : Packet.A))
        .toList();
  }
}
