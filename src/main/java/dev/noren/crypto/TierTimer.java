package dev.noren.crypto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/** Times one tier, and warms it up by doing so; the clock is the caller's. */
final class TierTimer {
  /** Turns that count, the last ones. */
  private static final int KEPT = 63;

  private final TransportAead aead;
  private final LongSupplier nanoClock;
  private final int packets;
  private final TransportKey key = TransportKey.of(new byte[TransportKey.SIZE]);
  private final byte[] packet;
  private final byte[] opened;
  private final long[][] sealNs;
  private final long[][] openNs;
  private int turns;
  private long bestNs = Long.MAX_VALUE;
  private long counter;
  private boolean failed;

  /**
   * Times this object.
   *
   * @param packets of each size in one turn
   */
  TierTimer(TransportAead aead, LongSupplier nanoClock, int packets) {
    this.aead = aead;
    this.nanoClock = nanoClock;
    this.packets = packets;
    this.packet = new byte[TierReport.SIZES.getLast() + TransportAead.TAG_SIZE];
    this.opened = new byte[packet.length];
    this.sealNs = new long[TierReport.SIZES.size()][KEPT];
    this.openNs = new long[TierReport.SIZES.size()][KEPT];
  }

  /** Seals and opens some packets of each size; true if that never was so fast before. */
  boolean turn() {
    long sum = 0;
    for (int i = 0; i < TierReport.SIZES.size(); i++) {
      int size = TierReport.SIZES.get(i);
      long start = nanoClock.getAsLong();
      seal(size);
      long between = nanoClock.getAsLong();
      open(size);
      long end = nanoClock.getAsLong();
      sealNs[i][turns % KEPT] = (between - start) / packets;
      openNs[i][turns % KEPT] = (end - between) / packets;
      sum += end - start;
    }
    turns++;
    boolean faster = sum < bestNs - bestNs / 20;
    if (faster) {
      bestNs = sum;
    }
    return faster;
  }

  /** Whether a packet did not open that this object had just sealed. */
  boolean failed() {
    return failed;
  }

  /** The medians of the last turns, of which there was one at least. */
  List<TierReport.Times> times() {
    List<TierReport.Times> times = new ArrayList<>();
    for (int i = 0; i < TierReport.SIZES.size(); i++) {
      times.add(
          new TierReport.Times(TierReport.SIZES.get(i), median(sealNs[i]), median(openNs[i])));
    }
    return times;
  }

  private long median(long[] figures) {
    long[] sorted = Arrays.copyOf(figures, Math.min(turns, KEPT));
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private void seal(int size) {
    for (int i = 0; i < packets; i++) {
      aead.seal(key, ++counter, packet, 0, size, packet, 0);
    }
  }

  /** Opens what was sealed last, to another place, since in place it opens only once. */
  private void open(int size) {
    int length = size + TransportAead.TAG_SIZE;
    for (int i = 0; i < packets; i++) {
      failed |= aead.open(key, counter, packet, 0, length, opened, 0) != size;
    }
  }
}
