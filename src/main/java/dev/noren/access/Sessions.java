package dev.noren.access;

import static java.util.concurrent.TimeUnit.HOURS;

import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Who has signed in at the page. They are in memory only: after a restart everybody signs in anew.
 * Any thread may call. Times are nanoseconds of a clock that never jumps.
 */
public final class Sessions {
  /** How long one lasts that nobody uses. */
  static final long IDLE_NS = HOURS.toNanos(12);

  /** How long one lasts at most. */
  static final long LONGEST_NS = HOURS.toNanos(7 * 24);

  /** Of more, the one goes that was used least lately. */
  static final int MOST = 64;

  private static final int TOKEN_BYTES = 32;

  private final Map<String, Kept> all = new HashMap<>();
  private final RandomGenerator chance;

  /** What is known of one. */
  private static final class Kept {
    final Session session;
    final long sinceNs;
    long usedNs;

    Kept(Session session, long nowNs) {
      this.session = session;
      this.sinceNs = nowNs;
      this.usedNs = nowNs;
    }

    boolean isOver(long nowNs) {
      return nowNs - usedNs >= IDLE_NS || nowNs - sinceNs >= LONGEST_NS;
    }
  }

  /**
   * One that has begun.
   *
   * @param token what the browser shows with each request: a secret
   * @param proof what a page of this session shows with each change: another site has no way to it
   * @param visitor whether it is a technician's, who only looks
   */
  public record Session(String token, String proof, boolean visitor) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "Session";
    }
  }

  public Sessions(RandomGenerator chance) {
    this.chance = chance;
  }

  /** Begins one, always under a new token. */
  public synchronized Session begin(long nowNs) {
    return begin(nowNs, false);
  }

  /** Begins a technician's. */
  synchronized Session beginVisit(long nowNs) {
    return begin(nowNs, true);
  }

  private Session begin(long nowNs, boolean visitor) {
    all.values().removeIf(each -> each.isOver(nowNs));
    if (all.size() >= MOST) {
      all.values()
          .remove(
              all.values().stream()
                  .min(Comparator.comparingLong(each -> each.usedNs))
                  .orElseThrow());
    }
    Session session = new Session(random(), random(), visitor);
    all.put(session.token(), new Kept(session, nowNs));
    return session;
  }

  private String random() {
    byte[] bytes = new byte[TOKEN_BYTES];
    chance.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The session of this token, which is used by that; or null. */
  public synchronized Session use(String token, long nowNs) {
    Kept kept = all.get(token);
    if (kept == null || kept.isOver(nowNs)) {
      all.remove(token);
      return null;
    }
    kept.usedNs = nowNs;
    return kept.session;
  }

  /** Ends one. */
  public synchronized void end(String token) {
    all.remove(token);
  }

  /** Ends those of technicians. */
  synchronized void endVisits() {
    all.values().removeIf(each -> each.session.visitor());
  }

  /** Ends all, as after another passphrase. */
  public synchronized void endAll() {
    all.clear();
  }
}
