package dev.noren;

import dev.noren.protocol.Limits;

/** How much of the heap is there for peers and allowed IPs. */
final class HeapRoom {
  /**
   * The heap that the program itself needs, with as many peers as {@link Limits#WHITEPAPER} has
   * room for: the launcher gives it so much, and more for more of them.
   */
  static final long BASE_BYTES = 24L << 20;

  private HeapRoom() {}

  /**
   * These limits with the room that this heap has.
   *
   * @param heapBytes {@link Runtime#maxMemory}, which under the launcher's collector leaves out a
   *     thirtieth: one of two spaces of which one is always empty
   */
  static Limits apply(Limits limits, long heapBytes) {
    long moreBytes = heapBytes / 29 * 30 - BASE_BYTES;
    return limits.withTableBytes(limits.tableBytes() + Math.max(0, moreBytes));
  }
}
