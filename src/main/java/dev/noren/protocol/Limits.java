package dev.noren.protocol;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.random.RandomGenerator;

/**
 * Every number of the protocol, once. {@link #WHITEPAPER} is what production uses; tests pass
 * others. Times are in nanoseconds, message counts are unsigned 64-bit numbers, and "WP" is the
 * WireGuard whitepaper.
 *
 * @param rekeyAfterMessages the counter above which a sender asks for a new session, unsigned (WP
 *     6.1)
 * @param rejectAfterMessages the first counter that is neither sent nor accepted, unsigned (WP 6.1)
 * @param rekeyAfterNs the age above which the initiator of a session asks for a new one after a
 *     send (WP 6.2)
 * @param rejectAfterNs the age from which a session neither sends nor receives (WP 6.1)
 * @param rekeyAttemptNs how long an unanswered handshake is retried (WP 6.4)
 * @param rekeyTimeoutNs the time between two initiations, and before an unanswered one is retried
 *     (WP 6.1, 6.4)
 * @param jitterNs the most that chance adds to a handshake's timer (WP 6.1)
 * @param keepaliveNs how long received data may go without any packet sent back (WP 6.5)
 * @param cookieNs how long a cookie is good, and its secret kept (WP 5.4.7)
 * @param initiationGapNs the least time between two initiations accepted from one peer (the Linux
 *     driver's 50 a second)
 * @param underLoadNs how long load is assumed after the last sign of it (the Linux driver's 1 s)
 * @param stagedPackets the packets one peer may have waiting for a session
 * @param stagedBytes the bytes all peers of a tunnel together may have waiting for sessions
 * @param handshakeQueue the handshake messages that may wait to be read; an eighth of it is load
 * @param tableBytes what all peers of a tunnel may take of the heap together with their allowed IPs
 */
public record Limits(
    long rekeyAfterMessages,
    long rejectAfterMessages,
    long rekeyAfterNs,
    long rejectAfterNs,
    long rekeyAttemptNs,
    long rekeyTimeoutNs,
    long jitterNs,
    long keepaliveNs,
    long cookieNs,
    long initiationGapNs,
    long underLoadNs,
    int stagedPackets,
    long stagedBytes,
    int handshakeQueue,
    long tableBytes) {
  /** What a peer takes of the heap at most, with two sessions and a handshake that waits. */
  public static final int PEER_BYTES = 4096;

  /** What an allowed IP takes of the heap at most. */
  public static final int PREFIX_BYTES = 128;

  /** The whitepaper's numbers, and the Linux driver's where it is silent. */
  public static final Limits WHITEPAPER =
      new Limits(
          /* rekeyAfterMessages, WP 6.1 */ 1L << 60,
          /* rejectAfterMessages, WP 6.1: 2^64 - 2^13 - 1 */ -(1L << 13) - 1,
          /* rekeyAfterNs, WP 6.1 */ SECONDS.toNanos(120),
          /* rejectAfterNs, WP 6.1 */ SECONDS.toNanos(180),
          /* rekeyAttemptNs, WP 6.1 */ SECONDS.toNanos(90),
          /* rekeyTimeoutNs, WP 6.1 */ SECONDS.toNanos(5),
          /* jitterNs, WP 6.1 */ MILLISECONDS.toNanos(333),
          /* keepaliveNs, WP 6.1 */ SECONDS.toNanos(10),
          /* cookieNs, WP 5.4.7 */ SECONDS.toNanos(120),
          /* initiationGapNs */ MILLISECONDS.toNanos(20),
          /* underLoadNs */ SECONDS.toNanos(1),
          /* stagedPackets */ 128,
          /* stagedBytes, 22 peers full of 1420-byte packets */ 4L << 20,
          /* handshakeQueue */ 4096,
          /* tableBytes */ tableBytes(250, 2_500));

  /** Checks that no number is zero or negative; only jitter and the initiation gap may be zero. */
  public Limits {
    positive("rekeyAfterNs", rekeyAfterNs);
    positive("rejectAfterNs", rejectAfterNs);
    positive("rekeyAttemptNs", rekeyAttemptNs);
    positive("rekeyTimeoutNs", rekeyTimeoutNs);
    notNegative("jitterNs", jitterNs);
    positive("keepaliveNs", keepaliveNs);
    positive("cookieNs", cookieNs);
    notNegative("initiationGapNs", initiationGapNs);
    positive("underLoadNs", underLoadNs);
    positive("stagedPackets", stagedPackets);
    positive("stagedBytes", stagedBytes);
    positive("handshakeQueue", handshakeQueue);
    positive("tableBytes", tableBytes);
  }

  private static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException("Limits: " + name + " is " + value + ", not above 0.");
    }
  }

  private static void notNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("Limits: " + name + " is " + value + ", below 0.");
    }
  }

  /** How long after the last new session all keys of a peer are wiped (WP 6.3). */
  public long wipeAfterNs() {
    return 3 * rejectAfterNs;
  }

  /** The retries counted in {@link #rekeyAttemptNs}; above this number the peer is given up. */
  public int maxAttempts() {
    return Math.toIntExact(rekeyAttemptNs / rekeyTimeoutNs);
  }

  /** How long data may go unanswered before a new handshake (WP 6.5), without jitter. */
  public long newHandshakeNs() {
    return keepaliveNs + rekeyTimeoutNs;
  }

  /** The age above which the initiator asks for a new session when it receives (WP 6.2). */
  public long lateRekeyNs() {
    return rejectAfterNs - keepaliveNs - rekeyTimeoutNs;
  }

  /** A chance time from 0 up to and with {@link #jitterNs}. */
  public long jitter(RandomGenerator chance) {
    return chance.nextLong(jitterNs + 1);
  }

  /** These limits with other message counts, both unsigned. */
  public Limits withMessages(long rekeyAfter, long rejectAfter) {
    return new Limits(
        rekeyAfter,
        rejectAfter,
        rekeyAfterNs,
        rejectAfterNs,
        rekeyAttemptNs,
        rekeyTimeoutNs,
        jitterNs,
        keepaliveNs,
        cookieNs,
        initiationGapNs,
        underLoadNs,
        stagedPackets,
        stagedBytes,
        handshakeQueue,
        tableBytes);
  }

  /**
   * These limits with every time divided by {@code divisor}, so that a test sees a rekey while it
   * watches. The order of the times, and with it every rule between them, stays.
   */
  public Limits faster(int divisor) {
    return new Limits(
        rekeyAfterMessages,
        rejectAfterMessages,
        rekeyAfterNs / divisor,
        rejectAfterNs / divisor,
        rekeyAttemptNs / divisor,
        rekeyTimeoutNs / divisor,
        jitterNs / divisor,
        keepaliveNs / divisor,
        cookieNs / divisor,
        initiationGapNs / divisor,
        underLoadNs / divisor,
        stagedPackets,
        stagedBytes,
        handshakeQueue,
        tableBytes);
  }

  /** These limits with other sizes of what waits. */
  public Limits withQueues(int packetsPerPeer, long bytesOfAllPeers, int handshakes) {
    return new Limits(
        rekeyAfterMessages,
        rejectAfterMessages,
        rekeyAfterNs,
        rejectAfterNs,
        rekeyAttemptNs,
        rekeyTimeoutNs,
        jitterNs,
        keepaliveNs,
        cookieNs,
        initiationGapNs,
        underLoadNs,
        packetsPerPeer,
        bytesOfAllPeers,
        handshakes,
        tableBytes);
  }

  /** These limits with other room for peers and allowed IPs. */
  public Limits withTableBytes(long bytes) {
    return new Limits(
        rekeyAfterMessages,
        rejectAfterMessages,
        rekeyAfterNs,
        rejectAfterNs,
        rekeyAttemptNs,
        rekeyTimeoutNs,
        jitterNs,
        keepaliveNs,
        cookieNs,
        initiationGapNs,
        underLoadNs,
        stagedPackets,
        stagedBytes,
        handshakeQueue,
        bytes);
  }

  /** What so many peers and allowed IPs take of the heap at most. */
  public static long tableBytes(long peers, long prefixes) {
    return peers * PEER_BYTES + prefixes * PREFIX_BYTES;
  }

  /**
   * The memory that changes may take while they are read: a quarter of what they may lead to, and
   * half a megabyte.
   */
  public long requestBytes() {
    return tableBytes / 4 + (512 << 10);
  }
}
