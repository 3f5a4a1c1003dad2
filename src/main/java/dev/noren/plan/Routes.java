package dev.noren.plan;

import dev.noren.config.RouteTable;
import dev.noren.config.TunnelConfig;
import dev.noren.config.TunnelName;
import dev.noren.net.Cidr;
import dev.noren.plan.Step.Phase;
import dev.noren.text.Refused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The routes to the peers' allowed IPs.
 *
 * @param fwMark the mark of outer packets, given or needed for a default route
 * @param steps what adds the routes
 */
record Routes(long fwMark, List<Step> steps) {
  /** The table where wg-quick begins to look for a free one, and the mark that goes with it. */
  private static final long FIRST_TABLE = 51_820;

  /** The kernel's tables default, main and local: RT_TABLE_DEFAULT to RT_TABLE_LOCAL. */
  private static final long TABLE_DEFAULT = 253;

  private static final long TABLE_LOCAL = 255;

  /** The longest prefix first, as wg-quick has it; then by number, so that a plan is stable. */
  private static final Comparator<Cidr> SPECIFIC_FIRST =
      Comparator.comparingInt(Cidr::prefixLength)
          .reversed()
          .thenComparing(Comparator.naturalOrder());

  static Routes of(TunnelName name, TunnelConfig config, List<Cidr> addresses, MachineFacts facts) {
    RouteTable table = config.own().table();
    long fwMark = config.own().fwMark();
    if (!table.routes()) {
      return new Routes(fwMark, List.of());
    }
    Set<Cidr> targets =
        config.peers().stream()
            .flatMap(peer -> peer.allowedIps().stream())
            .filter(cidr -> QuickPlan.usable(cidr, facts))
            .sorted(SPECIFIC_FIRST)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    List<Step> steps = new ArrayList<>();
    if (table.isNumber()) {
      addBatches(steps, targets, " dev " + name + " table " + table.number());
      return new Routes(fwMark, steps);
    }
    Set<Cidr> defaults =
        targets.stream()
            .filter(cidr -> cidr.prefixLength() == 0)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    targets.removeAll(defaults);
    targets.removeIf(target -> addresses.stream().anyMatch(address -> covers(address, target)));
    addBatches(steps, targets, " dev " + name);
    if (!defaults.isEmpty() && fwMark == 0) {
      fwMark = freeTable(facts.tablesInUse());
    }
    if (!defaults.isEmpty() && fwMark >= TABLE_DEFAULT && fwMark <= TABLE_LOCAL) {
      throw new Refused("routes.fwmark", fwMark);
    }
    for (Cidr target : defaults) {
      boolean v6 = target.address().v6();
      steps.addAll(new DefaultRoute(name, v6, fwMark, addresses, facts).steps());
    }
    return new Routes(fwMark, steps);
  }

  /**
   * Whether the kernel's own route for an interface's address leads there already. For a whole IPv4
   * address it makes none.
   */
  private static boolean covers(Cidr address, Cidr target) {
    boolean routed = address.address().v6() || address.prefixLength() < address.address().bits();
    return routed
        && target.prefixLength() >= address.prefixLength()
        && address.contains(target.address());
  }

  private static long freeTable(Set<Long> inUse) {
    long table = FIRST_TABLE;
    while (inUse.contains(table)) {
      table++;
    }
    return table;
  }

  /** One process per family: a thousand peers must not take a thousand of them. */
  private static void addBatches(List<Step> steps, Set<Cidr> targets, String where) {
    for (boolean v6 : new boolean[] {false, true}) {
      List<Cidr> same = targets.stream().filter(cidr -> cidr.address().v6() == v6).toList();
      if (!same.isEmpty()) {
        steps.add(
            new Step(
                Phase.AFTER_START,
                batch(v6, same, "route add ", where),
                List.of(Undo.ofInterface(batch(v6, same, "route del ", where)))));
      }
    }
  }

  private static Action batch(boolean v6, List<Cidr> targets, String verb, String where) {
    List<String> arguments = new ArrayList<>(List.of("ip", QuickPlan.family(v6)));
    if (verb.equals("route del ")) {
      // Goes on after an error: perhaps not all of them were added.
      arguments.add("-force");
    }
    arguments.addAll(List.of("-batch", "-"));
    String lines =
        targets.stream().map(cidr -> verb + cidr + where + "\n").collect(Collectors.joining());
    return new Action.Command(arguments, lines);
  }
}
