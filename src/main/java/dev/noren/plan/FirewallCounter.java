package dev.noren.plan;

import dev.noren.config.TunnelName;
import dev.noren.text.Sentence;

/**
 * The named counters of the router's table, one for each reason why a packet was refused. Those of
 * devices and of the rules that let them through are in {@link AccessCounter}.
 */
public enum FirewallCounter {
  /** It came with an address that cannot be where it came from. */
  ADDRESS("refused_address", "counter.address"),
  /** It belongs to no flow, and begins none. */
  INVALID("refused_invalid", "counter.invalid"),
  /** Neighbours told or asked more than a network needs, or what would harm it. */
  NEIGHBOURS("refused_neighbours", "counter.neighbours"),
  /** A client asked another name server than Noren. */
  NAMES("refused_names", "counter.names"),
  /** It would have left by a line, and no rule had said that it may. */
  DIRECT("refused_direct", "counter.direct"),
  /** Nothing lets it through from one network into another. */
  FORWARD("refused_forward", "counter.forward"),
  /** The shop's network wanted something of Noren that Noren does not offer there. */
  FROM_LAN("refused_from_lan", "counter.from-lan"),
  /** A line, or a port that is nothing yet, wanted something of Noren. */
  FROM_LINE("refused_from_line", "counter.from-line"),
  /** A tunnel wanted something of Noren that Noren does not offer there. */
  FROM_TUNNEL("refused_from_tunnel", "counter.from-tunnel"),
  /** The same of Noren's own. */
  OWN("refused_own", "counter.own");

  private static final String KILL_SWITCH = "killswitch_";
  private static final String NOT_CARRIED = "not_carried_";

  private final String text;
  private final String key;

  FirewallCounter(String text, String key) {
    this.text = text;
    this.key = key;
  }

  /** What a counter of this name counts, for people. */
  public static Sentence sentence(String name) {
    for (FirewallCounter counter : values()) {
      if (counter.text.equals(name)) {
        return Sentence.of(counter.key);
      }
    }
    if (name.startsWith(KILL_SWITCH)) {
      return Sentence.of("counter.kill-switch", tunnel(name, KILL_SWITCH));
    }
    if (name.startsWith(NOT_CARRIED)) {
      return Sentence.of("counter.not-carried", tunnel(name, NOT_CARRIED));
    }
    Sentence access = AccessCounter.sentence(name);
    return access == null ? Sentence.plain(name) : access;
  }

  /** Whether a counter of this name counts what was refused, and not what a rule let through. */
  public static boolean refuses(String name) {
    return !AccessCounter.letsThrough(name);
  }

  /**
   * Whether a counter of this name counts what a rule of the document keeps back, or the want of
   * one. The others count what is refused whatever the document says.
   */
  public static boolean isOfDocument(String name) {
    return name.equals(FORWARD.text) || AccessCounter.isOfDocument(name);
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
