package dev.noren.protocol.peer;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * The packets of one peer that wait for a session, oldest first. When they are too many, or the
 * tunnel's pool is used up, this peer's oldest make room. From any thread: staging is off the
 * packet's usual way, so a lock does, and {@link #isEmpty} is one volatile read.
 *
 * <p>Whoever stages a packet looks for a session once more afterwards, and drains if there is one:
 * the session may have come, and found nothing to send, between the first look and the staging.
 */
public final class StagedPackets {
  private final int limit;
  private final StagedPool pool;

  /** Null while nothing waits, so that a peer with a session keeps no memory here. */
  private Queue<byte[]> waiting;

  private long ownBytes;
  private boolean closed;
  private volatile boolean empty = true;

  /** Staged packets of one peer: at most {@code limit} of them, their bytes from {@code pool}. */
  public StagedPackets(int limit, StagedPool pool) {
    this.limit = limit;
    this.pool = pool;
  }

  /** Whether nothing waits. */
  public boolean isEmpty() {
    return empty;
  }

  /**
   * Keeps a copy of a packet.
   *
   * @return false if a packet had to be dropped: older ones of this peer, or this one when the pool
   *     has no room for it even so, or after {@link #close}
   */
  public synchronized boolean stage(byte[] bytes, int offset, int length) {
    long cost = StagedPool.cost(length);
    if (closed || cost > ownBytes + pool.freeBytes()) {
      return false;
    }
    Queue<byte[]> queue = waiting == null ? new ArrayDeque<>() : waiting;
    boolean allKept = true;
    while (queue.size() >= limit || !pool.take(cost)) {
      if (queue.isEmpty()) {
        takeAll();
        return false;
      }
      long room = StagedPool.cost(queue.remove().length);
      ownBytes -= room;
      pool.giveBack(room);
      allKept = false;
    }
    byte[] packet = new byte[length];
    System.arraycopy(bytes, offset, packet, 0, length);
    queue.add(packet);
    ownBytes += cost;
    waiting = queue;
    empty = false;
    return allKept;
  }

  /**
   * Takes all packets out at once and shows them, oldest first. What is staged meanwhile waits for
   * the next time. Until the last was shown it is not {@link #isEmpty empty}, and another who
   * drains waits: whoever then sends a packet of its own sends it after these.
   *
   * @return how many there were
   */
  public synchronized int drain(Consumer<byte[]> sender) {
    Collection<byte[]> packets = take();
    packets.forEach(sender);
    empty = waiting == null;
    return packets.size();
  }

  /**
   * Drops all packets.
   *
   * @return how many there were
   */
  public int clear() {
    return takeAll().size();
  }

  /** Drops all packets and keeps no others, whoever still stages some. */
  synchronized void close() {
    closed = true;
    takeAll();
  }

  private synchronized Collection<byte[]> takeAll() {
    Collection<byte[]> packets = take();
    empty = true;
    return packets;
  }

  private Collection<byte[]> take() {
    Collection<byte[]> packets = waiting == null ? List.of() : waiting;
    pool.giveBack(ownBytes);
    waiting = null;
    ownBytes = 0;
    return packets;
  }
}
