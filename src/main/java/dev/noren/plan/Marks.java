package dev.noren.plan;

import dev.noren.config.RouterConfig;

/**
 * The one home of the numbers by which the firewall, the routing rules and the routing tables know
 * one another: marks of packets, tables and the rules' priorities.
 *
 * <p>A mark is {@code 0x6e72kknn}: "nr", a kind, a number; which tunnel has which number, {@link
 * TunnelNumbers} says. Packets without a mark take the main table.
 */
public final class Marks {
  /** The nftables table of family inet that the router owns, and no other. */
  public static final String NFT_TABLE = "noren";

  /** Its sets of the devices whose person has signed in, one for each family. */
  public static final String SIGNED_IN4 = "signed_in4";

  public static final String SIGNED_IN6 = "signed_in6";

  /** The tunnels' own datagrams, and the questions for their far ends' names. */
  public static final int OUTER = 0x6e72_0000;

  /** What no tunnel takes and leaves by a line. No routing rule knows it. */
  public static final int DIRECT = 0x6e72_0001;

  /**
   * The greatest number of a tunnel; the least is 1. There are twice as many as there can be
   * tunnels, so that even where all of them give way to others, no number changes hands, and no
   * packet that has the mark of one that ends takes one that begins.
   */
  static final int LAST_TUNNEL = 2 * RouterConfig.MOST_TUNNELS;

  /** The priority of the rule for {@link #OUTER}. */
  public static final int RULE_OF_OUTER = 26_400;

  /** The routing table of the shop's own IPv6 network. */
  static final int TABLE_OF_LAN = 26_400;

  /** The priority of the rule that leads to {@link #TABLE_OF_LAN}. */
  static final int RULE_OF_LAN = 26_390;

  private static final int LINE_RULE = 26_000;
  private static final int TUNNEL_RULE = 26_500;

  /** The bits that tell the kind of a mark. */
  static final int KIND_BITS = 0xffff_ff00;

  /** The kind of the tunnels' marks. */
  static final int TUNNEL = 0x6e72_0100;

  /**
   * The mark of flows, and of no packet, that came out of one tunnel and go on by a line or by
   * another tunnel: {@code 0x6f00nnmm}, the number of the one and 0 or that of the other.
   */
  static final int PASSING = 0x6f00_0000;

  /** The bits of {@link #PASSING} and of the tunnel that a flow came out of. */
  static final int PASSING_FROM_BITS = 0xffff_ff00;

  /** The bits of {@link #PASSING} and of where a flow goes on. */
  static final int PASSING_TO_BITS = 0xffff_00ff;

  private static final int LINE = 0x6e72_0200;
  private static final int TUNNEL_TABLE = 26_000;
  private static final int LINE_TABLE = 26_500;

  /** The least priority of the router's rules. */
  public static final int FIRST_RULE = 26_000;

  /** The greatest one; rules from the first to this one are the router's, and nobody else's. */
  public static final int LAST_RULE = 26_999;

  /**
   * The group of devices (ip-link(8)) that the router has made and that would outlive it, such as
   * its bridge: by it the next router knows what it may take away.
   */
  public static final int DEVICE_GROUP = 26_000;

  private Marks() {}

  /** The mark of what is to take the tunnel of this number. */
  public static int ofTunnel(int number) {
    return TUNNEL + number;
  }

  /**
   * The mark of flows that pass through the box.
   *
   * @param from the number of the tunnel that they came out of, or 0 for any
   * @param to the number of the tunnel that they go on by, or 0 for a line
   */
  static int passing(int from, int to) {
    return PASSING + (from << Byte.SIZE) + to;
  }

  /** The number of the tunnel that a flow with this mark has gone into, 0 where it is none. */
  public static int tunnelOfFlow(int mark) {
    boolean one = (mark & KIND_BITS) == TUNNEL || (mark & 0xffff_0000) == PASSING;
    return one ? mark & 0xff : 0;
  }

  /** The routing table of the tunnel of this number. */
  public static int tableOfTunnel(int number) {
    return TUNNEL_TABLE + number;
  }

  /** The mark of what is to take this line and no other, as when its health is looked at. */
  public static int ofLine(int number) {
    return LINE + number;
  }

  /** The routing table of a line. */
  public static int tableOfLine(int number) {
    return LINE_TABLE + number;
  }

  /** The priority of the rule that leads a line's mark to its table. */
  public static int ruleOfLine(int number) {
    return LINE_RULE + number;
  }

  /** The priority of the rule that leads a tunnel's mark to its table. */
  public static int ruleOfTunnel(int number) {
    return TUNNEL_RULE + number;
  }

  /** A mark as nft and ip print it. */
  public static String hex(int mark) {
    return "0x%08x".formatted(mark);
  }
}
