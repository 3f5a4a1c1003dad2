package dev.noren.protocol.peer;

import dev.noren.net.Bytes;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.net.IpPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Which peer owns an address: the table of cryptokey routing (WP 2). The longest prefix wins, and a
 * prefix has one owner. The table is immutable: a change returns another one that shares all but
 * the path to the changed prefix, so readers keep one reference and need no lock, and a lookup
 * allocates nothing.
 *
 * @param <V> the owner; compared with {@code equals}
 */
public final class AllowedIps<V> {
  private static final AllowedIps<?> EMPTY = new AllowedIps<>(null, null, 0);

  private final PrefixNode4<V> root4;
  private final PrefixNode6<V> root6;
  private final int size;

  private AllowedIps(PrefixNode4<V> root4, PrefixNode6<V> root6, int size) {
    this.root4 = root4;
    this.root6 = root6;
    this.size = size;
  }

  /** The table in which nobody owns anything. */
  @SuppressWarnings("unchecked") // it holds no V
  public static <V> AllowedIps<V> empty() {
    return (AllowedIps<V>) EMPTY;
  }

  /** The owner of an IPv4 address, or null. */
  public V lookup4(int address) {
    return PrefixNode4.lookup(root4, address);
  }

  /** The owner of an IPv6 address given as its first and last 64 bits, or null. */
  public V lookup6(long high, long low) {
    return PrefixNode6.lookup(root6, high, low);
  }

  /** The owner of an address of either family, or null. */
  public V lookup(IpAddress address) {
    return address.v6() ? lookup6(address.high(), address.low()) : lookup4((int) address.low());
  }

  /** The owner of a well-formed IP packet's source address, or null. */
  public V ownerOfSource(byte[] packet, int offset) {
    return IpPacket.version(packet, offset) == 4
        ? lookup4(Bytes.int32(packet, offset + IpPacket.V4_SOURCE))
        : lookup6At(packet, offset + IpPacket.V6_SOURCE);
  }

  /** The owner of a well-formed IP packet's destination address, or null. */
  public V ownerOfDestination(byte[] packet, int offset) {
    return IpPacket.version(packet, offset) == 4
        ? lookup4(Bytes.int32(packet, offset + IpPacket.V4_DESTINATION))
        : lookup6At(packet, offset + IpPacket.V6_DESTINATION);
  }

  private V lookup6At(byte[] packet, int address) {
    return lookup6(Bytes.int64(packet, address), Bytes.int64(packet, address + 8));
  }

  /** This table with one prefix given to {@code owner}, who takes it from whoever had it. */
  public AllowedIps<V> with(Cidr prefix, V owner) {
    PrefixNode<V> leaf = leaf(prefix, owner);
    PrefixNode<V> root = root(leaf);
    PrefixNode<V> present = PrefixNode.find(root, leaf);
    if (present != null && owner.equals(present.value)) {
      return this;
    }
    int added = present == null || present.value == null ? 1 : 0;
    return withRoot(leaf, PrefixNode.insert(root, leaf), size + added);
  }

  /** This table without one prefix, if {@code owner} has it; else this table. */
  public AllowedIps<V> without(Cidr prefix, V owner) {
    PrefixNode<V> leaf = leaf(prefix, owner);
    PrefixNode<V> root = root(leaf);
    PrefixNode<V> present = PrefixNode.find(root, leaf);
    if (present == null || !owner.equals(present.value)) {
      return this;
    }
    return withRoot(leaf, PrefixNode.remove(root, leaf), size - 1);
  }

  /** The owner of exactly this prefix, or null; its host bits do not count. */
  public V owner(Cidr prefix) {
    PrefixNode<V> place = leaf(prefix, null);
    PrefixNode<V> present = PrefixNode.find(root(place), place);
    return present == null ? null : present.value;
  }

  /** The prefixes of one owner, IPv4 first, in the order of addresses. Walks the whole table. */
  public List<Cidr> of(V owner) {
    List<Cidr> owned = new ArrayList<>();
    forEach(
        (prefix, value) -> {
          if (value.equals(owner)) {
            owned.add(prefix);
          }
        });
    return owned;
  }

  /** Shows each prefix and its owner, IPv4 first, in the order of addresses. */
  public void forEach(BiConsumer<Cidr, V> action) {
    PrefixNode.walk(root4, action);
    PrefixNode.walk(root6, action);
  }

  /** The number of prefixes. */
  public int size() {
    return size;
  }

  /** The nodes there are, for a test that none is superfluous. */
  int nodes() {
    return PrefixNode.count(root4) + PrefixNode.count(root6);
  }

  private static <V> PrefixNode<V> leaf(Cidr prefix, V owner) {
    Cidr masked = prefix.masked();
    IpAddress address = masked.address();
    return address.v6()
        ? new PrefixNode6<>(address.high(), address.low(), masked.prefixLength(), owner, null, null)
        : new PrefixNode4<>((int) address.low(), masked.prefixLength(), owner, null, null);
  }

  private PrefixNode<V> root(PrefixNode<V> leaf) {
    return leaf instanceof PrefixNode4 ? root4 : root6;
  }

  private AllowedIps<V> withRoot(PrefixNode<V> leaf, PrefixNode<V> root, int newSize) {
    return leaf instanceof PrefixNode4
        ? new AllowedIps<>((PrefixNode4<V>) root, root6, newSize)
        : new AllowedIps<>(root4, (PrefixNode6<V>) root, newSize);
  }
}
