package dev.noren.protocol.peer;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;

/** An IPv4 prefix in the trie: 32 bytes of memory, since there may be very many. */
final class PrefixNode4<V> extends PrefixNode<V> {
  private final int address;

  PrefixNode4(int address, int length, V value, PrefixNode<V> zero, PrefixNode<V> one) {
    super(length, value, zero, one);
    this.address = address;
  }

  /** The owner of the longest prefix of an address, or null. */
  static <V> V lookup(PrefixNode4<V> root, int address) {
    V owner = null;
    PrefixNode4<V> node = root;
    while (node != null) {
      int length = node.length();
      if (Integer.numberOfLeadingZeros(address ^ node.address) < length) {
        break;
      }
      owner = node.value == null ? owner : node.value;
      // A node of 32 bits has no children, so the place that wraps around is never used.
      node = (PrefixNode4<V>) (address << length < 0 ? node.one : node.zero);
    }
    return owner;
  }

  @Override
  int agreement(PrefixNode<V> other) {
    return Integer.numberOfLeadingZeros(address ^ ((PrefixNode4<V>) other).address);
  }

  @Override
  boolean bit(int place) {
    return address << place < 0;
  }

  @Override
  PrefixNode<V> copy(int newLength, V newValue, PrefixNode<V> newZero, PrefixNode<V> newOne) {
    int masked = newLength == 0 ? 0 : address & (-1 << (Integer.SIZE - newLength));
    return new PrefixNode4<>(masked, newLength, newValue, newZero, newOne);
  }

  @Override
  Cidr prefix() {
    return new Cidr(IpAddress.v4(address), length());
  }
}
