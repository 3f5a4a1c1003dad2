package dev.noren.plan;

import java.util.Set;

/**
 * What a plan has to know of the machine.
 *
 * @param outerMtuBytes the least MTU on the ways to the endpoints, or 0 where none is known
 * @param tablesInUse the routing tables that have routes or rules
 * @param firstRuleV4 the least priority above 0 of the IPv4 routing rules
 * @param firstRuleV6 the same of IPv6
 * @param ipv6 whether new interfaces can have IPv6
 * @param srcValidMark what net.ipv4.conf.all.src_valid_mark is without any tunnel
 */
public record MachineFacts(
    int outerMtuBytes,
    Set<Long> tablesInUse,
    int firstRuleV4,
    int firstRuleV6,
    boolean ipv6,
    int srcValidMark) {
  /** The priority of the rule for the main table, below which Linux puts new rules. */
  public static final int MAIN_RULE = 32_766;

  public MachineFacts {
    tablesInUse = Set.copyOf(tablesInUse);
  }
}
