package dev.noren.protocol.peer;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the staged packets of all peers of a tunnel may take together, so that many
 * unreachable peers cannot fill the heap. From any thread.
 */
public final class StagedPool {
  /** What an array takes beside its bytes, about: its header and its place in the queue. */
  private static final int OVERHEAD_BYTES = 24;

  private final long maxBytes;
  private final AtomicLong used = new AtomicLong();

  /** A pool of this many bytes. */
  public StagedPool(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The bytes taken now. */
  public long usedBytes() {
    return used.get();
  }

  /** What a packet of this length takes, with what keeping it costs. */
  static long cost(int packetLength) {
    return (long) packetLength + OVERHEAD_BYTES;
  }

  /** The bytes that nobody has taken. */
  long freeBytes() {
    return maxBytes - used.get();
  }

  /** Takes bytes if there are as many. */
  boolean take(long bytes) {
    long before = used.get();
    while (before + bytes <= maxBytes) {
      if (used.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = used.get();
    }
    return false;
  }

  /** Gives bytes back. */
  void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }
}
