package dev.noren.street;

import java.util.ArrayList;
import java.util.List;

/** A street with a tunnel from its left to its right host: what most tests begin with. */
public final class TwoShops implements AutoCloseable {
  /** Inner addresses. */
  public static final String LEFT_4 = "10.77.0.1";

  public static final String LEFT_6 = "fd77::1";
  public static final String RIGHT_4 = "10.77.0.2";
  public static final String RIGHT_6 = "fd77::2";

  private final Street street;
  private final WgEnd left;
  private final WgEnd right;

  private TwoShops(Street street, Ends ends) {
    this.street = street;
    left = new WgEnd(street.left(), ends.left());
    right = new WgEnd(street.right(), ends.right());
  }

  /** Builds the street, starts both ends and joins them over outer IPv4, MTU 1420. */
  public static TwoShops open(Ends ends) {
    Street street = Street.open();
    try {
      TwoShops shops = new TwoShops(street, ends);
      shops.startLeft();
      shops.startRight();
      shops.meet();
      return shops;
    } catch (Error | RuntimeException e) {
      street.close();
      throw e;
    }
  }

  /** Starts the left end, also again after its end: its key, its addresses, but no peer. */
  public void startLeft() {
    left.start();
    left.identify();
    left.up(1420, LEFT_4 + "/24", LEFT_6 + "/64");
  }

  /** Starts the right end, also again after its end: its key, its addresses, but no peer. */
  public void startRight() {
    right.start();
    right.identify();
    right.up(1420, RIGHT_4 + "/24", RIGHT_6 + "/64");
  }

  /** Makes each the other's peer at its outer IPv4 address, with no preshared key. */
  public void meet() {
    leftKnows(Street.RIGHT_4 + ":" + WgEnd.PORT);
    rightKnows(Street.LEFT_4 + ":" + WgEnd.PORT);
  }

  /** Forgets both peers, and so every session and endpoint. */
  public void part() {
    left.set("peer", right.publicKey(), "remove");
    right.set("peer", left.publicKey(), "remove");
  }

  /** Tells the left end of the right one. */
  public void leftKnows(String endpoint, String... more) {
    know(left, right, RIGHT_4 + "/32," + RIGHT_6 + "/128", endpoint, more);
  }

  /** Tells the right end of the left one. */
  public void rightKnows(String endpoint, String... more) {
    know(right, left, LEFT_4 + "/32," + LEFT_6 + "/128", endpoint, more);
  }

  public Street street() {
    return street;
  }

  public WgEnd left() {
    return left;
  }

  public WgEnd right() {
    return right;
  }

  /** What either end said, for a failure's message. */
  public String said() {
    return "left said: " + left.process().said() + "; right said: " + right.process().said();
  }

  @Override
  public void close() {
    left.close();
    right.close();
    street.close();
  }

  private static void know(
      WgEnd end, WgEnd peer, String allowedIps, String endpoint, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("peer", peer.publicKey(), "allowed-ips", allowedIps));
    if (!endpoint.isEmpty()) {
      arguments.addAll(List.of("endpoint", endpoint));
    }
    arguments.addAll(List.of(more));
    end.set(arguments.toArray(String[]::new));
  }
}
