package dev.noren.plan;

import dev.noren.config.TunnelName;

/** The named counters of the router's table, one for each reason why a packet was refused. */
public enum FirewallCounter {
  /** It came with an address that cannot be where it came from. */
  ADDRESS("refused_address"),
  /** It belongs to no flow, and begins none. */
  INVALID("refused_invalid"),
  /** A client asked another name server than Noren. */
  NAMES("refused_names"),
  /** It was to leave past a tunnel that takes everything. */
  DIRECT("refused_direct"),
  /** Nothing lets it through from one network into another. */
  FORWARD("refused_forward"),
  /** The shop's network wanted something of Noren that Noren does not offer there. */
  FROM_LAN("refused_from_lan"),
  /** A line, or a port that is nothing yet, wanted something of Noren. */
  FROM_LINE("refused_from_line"),
  /** A tunnel wanted something of Noren that Noren does not offer there. */
  FROM_TUNNEL("refused_from_tunnel"),
  /** Noren's own, which was to leave past a tunnel that takes everything. */
  OWN("refused_own");

  private final String text;

  FirewallCounter(String text) {
    this.text = text;
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
    return "killswitch_" + nftName(tunnel);
  }

  /** The counter of the family that a tunnel is asked to take and does not carry. */
  public static String notCarried(TunnelName tunnel) {
    return "not_carried_" + nftName(tunnel);
  }

  /** Nft takes no = and no + in a name, and an interface's has no slash. */
  private static String nftName(TunnelName tunnel) {
    return tunnel.text().replace("=", "/3d").replace("+", "/2b");
  }
}
