package dev.noren.tunnel;

import dev.noren.net.Cidr;
import dev.noren.net.CidrList;
import dev.noren.tunnel.TunnelChange.AllowedIpChange;
import java.util.AbstractList;
import java.util.BitSet;
import java.util.List;
import java.util.RandomAccess;

/**
 * The prefixes to add and remove of one peer, in order and in little memory, as a request may name
 * very many. Immutable.
 */
public final class AllowedIpChanges extends AbstractList<AllowedIpChange> implements RandomAccess {
  private final CidrList prefixes;
  private final BitSet removals;

  private AllowedIpChanges(CidrList prefixes, BitSet removals) {
    this.prefixes = prefixes;
    this.removals = removals;
  }

  /** These changes, in their order. */
  public static AllowedIpChanges copyOf(List<AllowedIpChange> changes) {
    if (changes instanceof AllowedIpChanges same) {
      return same;
    }
    Builder builder = new Builder();
    changes.forEach(change -> builder.add(change.prefix(), change.remove()));
    return builder.build();
  }

  @Override
  public AllowedIpChange get(int index) {
    return new AllowedIpChange(prefixes.get(index), removals.get(index));
  }

  @Override
  public int size() {
    return prefixes.size();
  }

  /** Collects changes. It belongs to one thread. */
  public static final class Builder {
    private static final BitSet NONE = new BitSet(0);

    private final CidrList.Builder prefixes = new CidrList.Builder();
    private BitSet removals = NONE;

    /** Adds a prefix that is to be added, or taken away. */
    public void add(Cidr prefix, boolean remove) {
      if (remove) {
        removals = removals.equals(NONE) ? new BitSet() : removals;
        removals.set(prefixes.size());
      }
      prefixes.add(prefix);
    }

    /** The changes; the builder is not used any more. */
    public AllowedIpChanges build() {
      return new AllowedIpChanges(prefixes.build(), removals);
    }
  }
}
