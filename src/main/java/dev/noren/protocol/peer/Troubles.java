package dev.noren.protocol.peer;

import dev.noren.protocol.handshake.Tai64n;

/**
 * What goes wrong with one peer, for those who are asked why it does not work. Nothing here is ever
 * acted upon. A peer without trouble has none of this.
 */
public final class Troubles {
  private final Note badResponses = new Note();
  private final Note oldCalls = new Note();
  private final Note answered = new Note();
  private final Note foreign = new Note();
  private byte[] lastOld = new byte[Tai64n.SIZE];
  private volatile long backNs;

  /**
   * Responses to our initiation that are made for our key and do not open: the pre-shared keys
   * differ, or somebody forges. Written by the handshake loop.
   */
  public Note badResponses() {
    return badResponses;
  }

  /** Initiations of {@link #oldCall}. */
  public Note oldCalls() {
    return oldCalls;
  }

  /** Initiations that were answered since a handshake last came to its end. By the same loop. */
  public Note answered() {
    return answered;
  }

  /**
   * Packets with an inner source that is not the peer's, and that source. Written by the inbound
   * loop.
   */
  public Note foreign() {
    return foreign;
  }

  /**
   * After a genuine initiation whose timestamp is not newer than one before. It counts where it is
   * newer than the last such one, as those of a clock that went back are, and copies mostly not.
   */
  void oldCall(byte[] timestamp, byte[] greatest, long nowNs) {
    if (Tai64n.compare(timestamp, 0, greatest, 0) < 0
        && Tai64n.compare(timestamp, 0, lastOld, 0) > 0) {
      lastOld = timestamp.clone();
      backNs = Math.max(0, Tai64n.toUnixNs(greatest, 0) - Tai64n.toUnixNs(timestamp, 0));
      oldCalls.happened(nowNs);
    }
  }

  /** After a handshake came to its end: what kept others from it is over. */
  void completed() {
    badResponses.over();
    oldCalls.over();
    answered.over();
    lastOld = new byte[Tai64n.SIZE];
  }

  /** By how much the last such call's clock is before an earlier call's, nanoseconds. */
  public long backNs() {
    return backNs;
  }
}
