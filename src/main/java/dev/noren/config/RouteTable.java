package dev.noren.config;

import dev.noren.text.Refused;

/**
 * Where the routes to the peers' allowed IPs go: wg-quick's {@code Table}.
 *
 * @param number the routing table, 1 to 2^32 - 1; 0 in {@link #AUTO} and {@link #OFF}
 * @param routes whether routes are added at all
 */
public record RouteTable(long number, boolean routes) {
  /** The main table; a default route gets a table of its own and policy routing. */
  public static final RouteTable AUTO = new RouteTable(0, true);

  /** No routes. */
  public static final RouteTable OFF = new RouteTable(0, false);

  private static final long MAX = 0xffffffffL;

  /** A table by number, with no special care for a default route. */
  public static RouteTable of(long number) {
    if (number < 1 || number > MAX) {
      throw new Refused("table.range", MAX);
    }
    return new RouteTable(number, true);
  }

  /** Whether a table was named. */
  public boolean isNumber() {
    return number != 0;
  }

  /**
   * Reads off, auto, a decimal number, or a hexadecimal one after 0x.
   *
   * @throws IllegalArgumentException with the reason
   */
  static RouteTable parse(String text) {
    if (Values.same(text, "auto")) {
      return AUTO;
    }
    if (Values.same(text, "off")) {
      return OFF;
    }
    long number = Values.number(text, MAX);
    if (number < 1) {
      throw new Refused("table.form", Values.quoted(text), MAX);
    }
    return of(number);
  }

  /** As it is written in a file. */
  @Override
  public String toString() {
    return isNumber() ? Long.toString(number) : routes ? "auto" : "off";
  }
}
