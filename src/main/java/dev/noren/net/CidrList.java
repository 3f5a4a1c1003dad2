package dev.noren.net;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * Prefixes in 17 bytes each, since a tunnel may have very many: as objects they would take 60.
 * Immutable; a {@link Cidr} is made for whoever asks.
 *
 * <p>Layout of an entry: 1 byte of prefix length, for IPv6 with 64 added, then the address's first
 * and last 64 bits.
 */
public final class CidrList extends AbstractList<Cidr> implements RandomAccess {
  /** No prefixes. */
  public static final CidrList EMPTY = new CidrList(new byte[0]);

  private static final int HIGH = 1;
  private static final int LOW = 9;
  private static final int ENTRY_BYTES = 17;
  private static final int V6 = 64;

  private final byte[] entries;

  private CidrList(byte[] entries) {
    this.entries = entries;
  }

  /** These prefixes, in their order. */
  public static CidrList copyOf(List<Cidr> prefixes) {
    if (prefixes instanceof CidrList list) {
      return list;
    }
    Builder builder = new Builder();
    prefixes.forEach(builder::add);
    return builder.build();
  }

  @Override
  public Cidr get(int index) {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException(index);
    }
    int at = index * ENTRY_BYTES;
    int length = entries[at] & 0xff;
    long high = Bytes.int64(entries, at + HIGH);
    long low = Bytes.int64(entries, at + LOW);
    boolean v6 = length >= V6;
    return new Cidr(new IpAddress(v6, high, low), v6 ? length - V6 : length);
  }

  @Override
  public int size() {
    return entries.length / ENTRY_BYTES;
  }

  /** Collects prefixes for a list. It belongs to one thread. */
  public static final class Builder {
    private byte[] entries = CidrList.EMPTY.entries;
    private int end;

    /** An empty one. */
    public Builder() {}

    /** One that has these already. */
    public Builder(CidrList first) {
      entries = first.entries;
      end = entries.length;
    }

    /** Adds a prefix at the end. */
    public void add(Cidr prefix) {
      if (end == entries.length) {
        // A quarter more, and not twice as much: there may be very many.
        entries = Arrays.copyOf(entries, (end / ENTRY_BYTES * 5 / 4 + 4) * ENTRY_BYTES);
      }
      IpAddress address = prefix.address();
      entries[end] = (byte) (prefix.prefixLength() + (address.v6() ? V6 : 0));
      Bytes.putInt64(entries, end + HIGH, address.high());
      Bytes.putInt64(entries, end + LOW, address.low());
      end += ENTRY_BYTES;
    }

    /** How many there are. */
    public int size() {
      return end / ENTRY_BYTES;
    }

    /** The list, in no more memory than it needs. */
    public CidrList build() {
      return end == 0 ? EMPTY : new CidrList(Arrays.copyOf(entries, end));
    }
  }
}
