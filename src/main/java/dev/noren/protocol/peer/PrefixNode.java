package dev.noren.protocol.peer;

import dev.noren.net.Cidr;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * A node of a path-compressed binary trie of prefixes. A node either owns its prefix, or has two
 * children and only joins them; there are no others, so n prefixes need fewer than 2n nodes. Nodes
 * are immutable and shared between versions of a table.
 *
 * @param <V> the owner of a prefix
 */
abstract sealed class PrefixNode<V> permits PrefixNode4, PrefixNode6 {
  /** The owner of the prefix, or null if the node only joins its children. */
  final V value;

  /** The child whose next bit is 0; its prefix is longer and begins with this one. */
  final PrefixNode<V> zero;

  /** The child whose next bit is 1. */
  final PrefixNode<V> one;

  /** The prefix length: 128 needs more than a signed byte, and is read unsigned. */
  private final byte length;

  PrefixNode(int length, V value, PrefixNode<V> zero, PrefixNode<V> one) {
    this.length = (byte) length;
    this.value = value;
    this.zero = zero;
    this.one = one;
  }

  /** The prefix length in bits. */
  final int length() {
    return length & 0xff;
  }

  /** The number of leading bits in which two nodes' addresses agree, up to the address's end. */
  abstract int agreement(PrefixNode<V> other);

  /** Whether the address has a 1 at this place, counted from the left. */
  abstract boolean bit(int place);

  /** A node on this one's address, cut to {@code newLength}, with other contents. */
  abstract PrefixNode<V> copy(
      int newLength, V newValue, PrefixNode<V> newZero, PrefixNode<V> newOne);

  /** This node's prefix. */
  abstract Cidr prefix();

  /** The node that stands for exactly the leaf's prefix, joining nodes too, or null. */
  static <V> PrefixNode<V> find(PrefixNode<V> root, PrefixNode<V> leaf) {
    PrefixNode<V> node = root;
    while (node != null && node.length() < leaf.length() && node.agreement(leaf) >= node.length()) {
      node = leaf.bit(node.length()) ? node.one : node.zero;
    }
    boolean exact =
        node != null && node.length() == leaf.length() && node.agreement(leaf) >= leaf.length();
    return exact ? node : null;
  }

  /** The tree with the leaf's prefix owned by the leaf's value. */
  static <V> PrefixNode<V> insert(PrefixNode<V> tree, PrefixNode<V> leaf) {
    if (tree == null) {
      return leaf;
    }
    int shared = Math.min(tree.agreement(leaf), Math.min(tree.length(), leaf.length()));
    if (shared < tree.length() && shared < leaf.length()) {
      return leaf.bit(shared)
          ? leaf.copy(shared, null, tree, leaf)
          : leaf.copy(shared, null, leaf, tree);
    }
    if (shared < tree.length()) {
      return tree.bit(shared)
          ? leaf.copy(shared, leaf.value, null, tree)
          : leaf.copy(shared, leaf.value, tree, null);
    }
    if (shared == leaf.length()) {
      return tree.copy(shared, leaf.value, tree.zero, tree.one);
    }
    return leaf.bit(shared)
        ? tree.copy(shared, tree.value, tree.zero, insert(tree.one, leaf))
        : tree.copy(shared, tree.value, insert(tree.zero, leaf), tree.one);
  }

  /** The tree without an owner of the leaf's prefix, which it has. */
  static <V> PrefixNode<V> remove(PrefixNode<V> tree, PrefixNode<V> leaf) {
    int length = tree.length();
    if (length == leaf.length()) {
      return tree.collapsed(null, tree.zero, tree.one);
    }
    return leaf.bit(length)
        ? tree.collapsed(tree.value, tree.zero, remove(tree.one, leaf))
        : tree.collapsed(tree.value, remove(tree.zero, leaf), tree.one);
  }

  /** Shows each owned prefix, shorter ones before the longer ones within them. */
  static <V> void walk(PrefixNode<V> tree, BiConsumer<Cidr, V> action) {
    if (tree != null) {
      if (tree.value != null) {
        action.accept(tree.prefix(), tree.value);
      }
      walk(tree.zero, action);
      walk(tree.one, action);
    }
  }

  /** The nodes of a tree. */
  static int count(PrefixNode<?> tree) {
    return tree == null ? 0 : 1 + count(tree.zero) + count(tree.one);
  }

  /** This node with other contents, or what is left when it neither owns nor joins. */
  private PrefixNode<V> collapsed(V newValue, PrefixNode<V> newZero, PrefixNode<V> newOne) {
    if (newValue == null && newZero == null) {
      return newOne;
    }
    if (newValue == null && newOne == null) {
      return newZero;
    }
    return Objects.equals(newValue, value) && newZero == zero && newOne == one
        ? this
        : copy(length(), newValue, newZero, newOne);
  }
}
