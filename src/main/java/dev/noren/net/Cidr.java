package dev.noren.net;

import dev.noren.text.Refused;

/**
 * An address with a prefix length, as in 10.0.0.1/24. Host bits are kept, since an interface's
 * address needs them; {@link #masked()} clears them.
 *
 * @param address the address
 * @param prefixLength the number of leading bits that count, 0 to 32 or 128
 */
public record Cidr(IpAddress address, int prefixLength) implements Comparable<Cidr> {
  public Cidr {
    if (prefixLength < 0 || prefixLength > address.bits()) {
      throw new Refused("net.prefix", prefixLength, address.bits());
    }
  }

  /**
   * Reads "address/length", or a bare address, which stands for itself alone.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (slash < 0) {
      return new Cidr(address, address.bits());
    }
    String digits = text.substring(slash + 1);
    if (digits.isEmpty()
        || digits.length() > 3
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')
        || Integer.parseInt(digits) > address.bits()) {
      throw new Refused("net.prefix-form", text, address.bits());
    }
    return new Cidr(address, Integer.parseInt(digits));
  }

  /** The same prefix with its host bits cleared. */
  public Cidr masked() {
    long high = address.high() & highMask();
    long low = address.low() & lowMask();
    return high == address.high() && low == address.low()
        ? this
        : new Cidr(new IpAddress(address.v6(), high, low), prefixLength);
  }

  /** Whether the address is of this family and within this prefix. */
  public boolean contains(IpAddress other) {
    return other.v6() == address.v6()
        && ((other.high() ^ address.high()) & highMask()) == 0
        && ((other.low() ^ address.low()) & lowMask()) == 0;
  }

  /** Whether the two prefixes share an address. */
  public boolean overlaps(Cidr other) {
    return prefixLength <= other.prefixLength ? contains(other.address) : other.contains(address);
  }

  private long highMask() {
    return address.v6() ? leading(Math.min(prefixLength, 64)) : 0;
  }

  private long lowMask() {
    return address.v6()
        ? leading(Math.max(prefixLength - 64, 0))
        : leading(prefixLength + 32) & 0xffffffffL;
  }

  private static long leading(int bits) {
    return bits == 0 ? 0 : -1L << (64 - bits);
  }

  @Override
  public int compareTo(Cidr other) {
    int byAddress = address.compareTo(other.address);
    return byAddress != 0 ? byAddress : Integer.compare(prefixLength, other.prefixLength);
  }

  @Override
  public String toString() {
    return address + "/" + prefixLength;
  }
}
