package dev.noren.protocol.peer;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;

/** An IPv6 prefix in the trie. */
final class PrefixNode6<V> extends PrefixNode<V> {
  private final long high;
  private final long low;

  PrefixNode6(long high, long low, int length, V value, PrefixNode<V> zero, PrefixNode<V> one) {
    super(length, value, zero, one);
    this.high = high;
    this.low = low;
  }

  /** The owner of the longest prefix of an address, or null. */
  static <V> V lookup(PrefixNode6<V> root, long high, long low) {
    V owner = null;
    PrefixNode6<V> node = root;
    while (node != null) {
      int length = node.length();
      if (agreement(node.high ^ high, node.low ^ low) < length) {
        break;
      }
      owner = node.value == null ? owner : node.value;
      // A node of 128 bits has no children, so the place that wraps around is never used.
      node = (PrefixNode6<V>) (bit(high, low, length) ? node.one : node.zero);
    }
    return owner;
  }

  private static int agreement(long highDifference, long lowDifference) {
    return highDifference != 0
        ? Long.numberOfLeadingZeros(highDifference)
        : Long.SIZE + Long.numberOfLeadingZeros(lowDifference);
  }

  /** A long is shifted by the last six bits of the place: the right ones for either half. */
  private static boolean bit(long high, long low, int place) {
    return (place < Long.SIZE ? high : low) << place < 0;
  }

  @Override
  int agreement(PrefixNode<V> other) {
    PrefixNode6<V> node = (PrefixNode6<V>) other;
    return agreement(high ^ node.high, low ^ node.low);
  }

  @Override
  boolean bit(int place) {
    return bit(high, low, place);
  }

  @Override
  PrefixNode<V> copy(int newLength, V newValue, PrefixNode<V> newZero, PrefixNode<V> newOne) {
    Cidr masked = new Cidr(IpAddress.v6(high, low), newLength).masked();
    return new PrefixNode6<>(
        masked.address().high(), masked.address().low(), newLength, newValue, newZero, newOne);
  }

  @Override
  Cidr prefix() {
    return new Cidr(IpAddress.v6(high, low), length());
  }
}
