package dev.noren.plan;

import dev.noren.config.TunnelName;
import dev.noren.net.Cidr;
import dev.noren.plan.Step.Phase;
import dev.noren.text.Refused;
import java.util.ArrayList;
import java.util.List;

/**
 * A default route through the tunnel by policy routing, so that the main table stays as it is: a
 * table of its own for all that does not carry the tunnel's mark, but first the main table without
 * its default route, so that the local networks stay reached.
 *
 * @param name the interface
 * @param v6 which family
 * @param mark the outer packets' mark, which is also the table's number
 * @param addresses the interface's, of both families
 * @param facts where the rules have room
 */
record DefaultRoute(
    TunnelName name, boolean v6, long mark, List<Cidr> addresses, MachineFacts facts) {
  private static final String SRC_VALID_MARK = "net.ipv4.conf.all.src_valid_mark=";

  /** Behind the metrics that Linux gives to routes by itself: 0, and 1024 for IPv6. */
  private static final String LAST_METRIC = "4096";

  /** The guard stands first, and the rule that turns the packets over comes last. */
  List<Step> steps() {
    int first = v6 ? facts.firstRuleV6() : facts.firstRuleV4();
    if (first < 3) {
      throw new Refused("routes.no-room", first, QuickPlan.family(v6));
    }
    List<Step> steps = new ArrayList<>();
    steps.add(guard());
    if (!v6) {
      steps.add(acceptMarkedReplies());
    }
    steps.add(refusal());
    String[] route = {"default", "dev", name.text(), "table", "" + mark};
    steps.add(
        new Step(
            Phase.AFTER_START,
            ip("route add", route),
            List.of(Undo.ofInterface(ip("route del", route)))));
    steps.add(rule(first - 2, "table", "main", "suppress_prefixlength", "0"));
    steps.add(rule(first - 1, "not", "fwmark", "" + mark, "table", "" + mark));
    return steps;
  }

  private Step guard() {
    NftGuard guard = new NftGuard(name, v6, mark, addresses);
    return new Step(
        Phase.AFTER_START,
        new Action.Command(List.of("nft", "-f", "-"), guard.text()),
        List.of(
            Undo.ofMachine(
                Action.Command.of("nft", "delete", "table", guard.family(), guard.table()))));
  }

  /**
   * Fails closed: when the interface goes without its undoing, the route through it goes too, and
   * what it would have carried must not leave in the clear.
   */
  private Step refusal() {
    String[] route = {"unreachable", "default", "metric", LAST_METRIC, "table", "" + mark};
    return new Step(
        Phase.AFTER_START, ip("route add", route), List.of(Undo.ofMachine(ip("route del", route))));
  }

  /** Lets the reverse path filter see the mark that {@link NftGuard} gives to replies. */
  private Step acceptMarkedReplies() {
    return new Step(
        Phase.AFTER_START,
        Action.Command.of("sysctl", "-q", SRC_VALID_MARK + 1),
        facts.srcValidMark() == 1
            ? List.of()
            : List.of(
                new Undo(
                    Action.Command.of("sysctl", "-q", SRC_VALID_MARK + facts.srcValidMark()),
                    Undo.Scope.SHARED)));
  }

  /** With a priority of its own, since two tunnels may have rules that are else the same. */
  private Step rule(int priority, String... what) {
    List<String> rule = new ArrayList<>(List.of(what));
    rule.addAll(List.of("priority", Integer.toString(priority)));
    String[] arguments = rule.toArray(String[]::new);
    return new Step(
        Phase.AFTER_START,
        ip("rule add", arguments),
        List.of(Undo.ofMachine(ip("rule del", arguments))));
  }

  private Action ip(String verb, String... arguments) {
    List<String> all = new ArrayList<>(List.of("ip", QuickPlan.family(v6)));
    all.addAll(List.of(verb.split(" ", -1)));
    all.addAll(List.of(arguments));
    return new Action.Command(all, "");
  }
}
