package dev.noren.doctor;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.net.Endpoint;
import dev.noren.status.HealthSigns;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.status.TrafficSample.FarEnd;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sees tunnels go and come back, and what else happens then. It is of far ends that this box can
 * call: who only calls in may be gone at will. What it remembers is bounded. Pure: who looks brings
 * the time. For one thread.
 */
public final class CutWatch {
  /** So many far ends are watched, the first ones of the document. */
  static final int MOST_FAR_ENDS = 32;

  /** So many interruptions are remembered, the newest ones. */
  static final int MOST_CUTS = 128;

  private static final long REMEMBERED_NS = DAYS.toNanos(1);

  /** A session that gets no answer is called anew after so long (WP 6.5), seconds. */
  private static final long UNHEARD_SECONDS = 15;

  /** That, the calls in vain until they count, and some time for a line to be found sick. */
  static final long BEFORE_NS = SECONDS.toNanos(45);

  private final LinePast line = new LinePast();
  private final Map<FarEnd, Course> courses = new LinkedHashMap<>();
  private final Deque<Past> past = new ArrayDeque<>();
  private Long firstNs;

  /** How a far end fares. */
  private static final class Course {
    private boolean works;
    private long badNs;
    private Long flowedNs;
    private Begin begin;
  }

  /** How it was when a cut began. */
  private record Begin(long atNs, long quietSeconds, String endpoint) {}

  /** A cut that is over. */
  private record Past(FarEnd of, Cut.Cause cause, long beganNs, long endedNs) {}

  /**
   * To be called a few times a second.
   *
   * @param nowNs a clock that never jumps
   */
  public void look(HealthSigns signs, long nowNs) {
    firstNs = firstNs == null ? (Long) nowNs : firstNs;
    line.look(signs.lines(), nowNs);
    Set<FarEnd> there = new HashSet<>();
    for (Tunnel tunnel : signs.tunnels()) {
      for (Peer peer : tunnel.peers()) {
        FarEnd end = new FarEnd(tunnel.name().text(), peer.publicKey());
        // A tunnel that is made anew was cut by whoever changed it.
        if (tunnel.up() && !peer.callsIn() && there.size() < MOST_FAR_ENDS && there.add(end)) {
          boolean silent =
              signs.echoes().stream().anyMatch(each -> each.silent() && each.isOf(tunnel, peer));
          look(end, peer, silent && peer.isQuiet(), nowNs);
        }
      }
    }
    courses.keySet().retainAll(there);
    past.removeIf(each -> nowNs - each.beganNs() > REMEMBERED_NS);
  }

  private void look(FarEnd end, Peer peer, boolean silent, long nowNs) {
    Course course = courses.computeIfAbsent(end, each -> new Course());
    if (peer.isUnanswered() && isFlowing(peer)) {
      course.flowedNs = nowNs;
    }
    boolean cut = course.begin != null;
    boolean bad =
        (line.isGone() && (cut || peer.isFresh()))
            || (peer.isUnanswered() && !isFlowing(peer))
            || (silent && peer.isFresh());
    if (bad) {
      course.badNs = nowNs;
      if (course.works && !cut) {
        course.begin = new Begin(nowNs, quietSeconds(peer), peer.endpoint());
      }
    } else if (cut && isHeardSince(peer, nowNs - course.badNs)) {
      past.add(new Past(end, cause(course, peer), course.begin.atNs(), nowNs));
      course.begin = null;
      if (past.size() > MOST_CUTS) {
        past.remove();
      }
    } else if (!cut && peer.isFresh() && !peer.isUnanswered()) {
      course.works = true;
    }
  }

  private static boolean isFlowing(Peer peer) {
    return peer.dataAgeSeconds() != null && peer.dataAgeSeconds() < Peer.TRYING_SECONDS;
  }

  /** For how long nothing had come before there was anything to be in vain. */
  private static long quietSeconds(Peer peer) {
    Long age = peer.dataAgeSeconds() == null ? peer.handshakeAgeSeconds() : peer.dataAgeSeconds();
    return age == null || !peer.isUnanswered()
        ? 0
        : Math.max(0, age - peer.unansweredSeconds() - UNHEARD_SECONDS);
  }

  /** Ages are of whole seconds that are over, so one more is surely enough. */
  private static boolean isHeardSince(Peer peer, long ns) {
    return isWithin(peer.dataAgeSeconds(), ns) || isWithin(peer.handshakeAgeSeconds(), ns);
  }

  private static boolean isWithin(Long ageSeconds, long ns) {
    return ageSeconds != null && SECONDS.toNanos(ageSeconds + 1) <= ns;
  }

  private Cut.Cause cause(Course course, Peer peer) {
    long sinceNs = course.begin.atNs() - BEFORE_NS;
    return new Cut.Circumstances(
            line.hadNoCable(sinceNs),
            line.hadNoAddress(sinceNs),
            line.hadNoWay(sinceNs),
            line.hadOtherAddress(sinceNs),
            course.flowedNs != null && course.flowedNs - sinceNs >= 0,
            course.begin.quietSeconds(),
            peer.keepaliveSeconds(),
            isAtOtherPort(course.begin.endpoint(), peer.endpoint()))
        .cause();
  }

  private static boolean isAtOtherPort(String before, String now) {
    if (before == null || now == null || before.equals(now)) {
      return false;
    }
    return Endpoint.parse(before).address().equals(Endpoint.parse(now).address());
  }

  /** What is remembered. */
  public Cuts now(long nowNs) {
    List<Cut> all = new ArrayList<>();
    for (Past each : past) {
      all.add(cut(each.of(), each.cause(), each.beganNs(), each.endedNs(), nowNs));
    }
    return new Cuts(firstNs == null ? 0 : NANOSECONDS.toSeconds(nowNs - firstNs), all);
  }

  private static Cut cut(FarEnd of, Cut.Cause cause, long beganNs, long endedNs, long nowNs) {
    return new Cut(
        of.tunnel(),
        of.publicKey(),
        cause,
        NANOSECONDS.toSeconds(nowNs - beganNs),
        NANOSECONDS.toSeconds(endedNs - beganNs));
  }
}
