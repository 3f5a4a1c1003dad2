package dev.noren.plan;

import dev.noren.config.TunnelName;

/**
 * The named counters of the router's table, one for each reason why a packet was refused. Those of
 * devices and of the rules that let them through are in {@link AccessCounter}.
 */
public enum FirewallCounter {
  /** It came with an address that cannot be where it came from. */
  ADDRESS("refused_address", "an address that can't be where it came from"),
  /** It belongs to no flow, and begins none. */
  INVALID("refused_invalid", "belongs to no connection and begins none"),
  /** Neighbours told or asked more than a network needs, or what would harm it. */
  NEIGHBOURS("refused_neighbours", "neighbours say more than a network needs, or what harms it"),
  /** A client asked another name server than Noren. */
  NAMES("refused_names", "asked another name server than this box"),
  /** It would have left by a line, and no rule had said that it may. */
  DIRECT("refused_direct", "was to leave by a line, and nothing lets it"),
  /** Nothing lets it through from one network into another. */
  FORWARD("refused_forward", "has no way from one network into another"),
  /** The shop's network wanted something of Noren that Noren does not offer there. */
  FROM_LAN(
      "refused_from_lan", "the shop's network asked this box for what it does not offer there"),
  /** A line, or a port that is nothing yet, wanted something of Noren. */
  FROM_LINE("refused_from_line", "the line asked this box for what it does not offer there"),
  /** A tunnel wanted something of Noren that Noren does not offer there. */
  FROM_TUNNEL("refused_from_tunnel", "a tunnel asked this box for what it does not offer there"),
  /** The same of Noren's own. */
  OWN("refused_own", "this box's own, which was to leave by a line, and nothing lets it");

  private static final String KILL_SWITCH = "killswitch_";
  private static final String NOT_CARRIED = "not_carried_";

  private final String text;
  private final String sentence;

  FirewallCounter(String text, String sentence) {
    this.text = text;
    this.sentence = sentence;
  }

  /** What a counter of this name counts, for people. */
  public static String sentence(String name) {
    for (FirewallCounter counter : values()) {
      if (counter.text.equals(name)) {
        return counter.sentence;
      }
    }
    if (name.startsWith(KILL_SWITCH)) {
      return "kept from leaving outside " + tunnel(name, KILL_SWITCH);
    }
    if (name.startsWith(NOT_CARRIED)) {
      return "of a family that " + tunnel(name, NOT_CARRIED) + " does not carry";
    }
    String access = AccessCounter.sentence(name);
    return access == null ? name : access;
  }

  /** Whether a counter of this name counts what was refused, and not what a rule let through. */
  public static boolean refuses(String name) {
    return !AccessCounter.letsThrough(name);
  }

  private static String tunnel(String name, String start) {
    return name.substring(start.length()).replace("/3d", "=").replace("/2b", "+");
  }

  /** Its name in the table. */
  public String text() {
    return text;
  }

  /** The rest of a rule that counts and drops. */
  String drop() {
    return "counter name " + text + " drop";
  }

  /** The counter of what a tunnel was to take and that tried to leave another way. */
  public static String killSwitch(TunnelName tunnel) {
    return KILL_SWITCH + nftName(tunnel);
  }

  /** The counter of the family that a tunnel is asked to take and does not carry. */
  public static String notCarried(TunnelName tunnel) {
    return NOT_CARRIED + nftName(tunnel);
  }

  /** Nft takes no = and no + in a name, and an interface's has no slash. */
  private static String nftName(TunnelName tunnel) {
    return tunnel.text().replace("=", "/3d").replace("+", "/2b");
  }
}
