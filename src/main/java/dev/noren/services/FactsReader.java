package dev.noren.services;

import dev.noren.net.IpAddress;
import dev.noren.plan.Action;
import dev.noren.plan.MachineFacts;
import dev.noren.plan.Undo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the machine what a plan has to know of it. */
final class FactsReader {
  private static final String SRC_VALID_MARK = "net.ipv4.conf.all.src_valid_mark";
  private static final Pattern MTU = Pattern.compile("\\bmtu (?:lock )?(\\d{1,9})\\b");
  private static final Pattern DEVICE = Pattern.compile("\\bdev (\\S+)");
  private static final Pattern TABLE = Pattern.compile("\\b(?:table|lookup) (\\d{1,10})\\b");
  private static final Pattern PRIORITY = Pattern.compile("(?m)^(\\d{1,9}):");

  private final CommandRunner commands;

  FactsReader(CommandRunner commands) {
    this.commands = commands;
  }

  /**
   * Reads the facts.
   *
   * @param endpoints the peers' outer addresses
   * @param shared what other tunnels will undo
   */
  MachineFacts read(Collection<IpAddress> endpoints, List<Undo> shared) throws IOException {
    boolean ipv6 = hasIpv6();
    List<String> families = ipv6 ? List.of("-4", "-6") : List.of("-4");
    Set<Long> tables = new HashSet<>();
    int[] firstRules = {MachineFacts.MAIN_RULE, MachineFacts.MAIN_RULE};
    for (int i = 0; i < families.size(); i++) {
      String rules = commands.run("ip", "-N", families.get(i), "rule", "show");
      String routes = commands.run("ip", "-N", families.get(i), "route", "show", "table", "all");
      numbers(TABLE, rules + routes).forEach(tables::add);
      for (long priority : numbers(PRIORITY, rules)) {
        if (priority > 0) {
          firstRules[i] = (int) Math.min(firstRules[i], priority);
        }
      }
    }
    return new MachineFacts(
        outerMtu(endpoints), tables, firstRules[0], firstRules[1], ipv6, srcValidMark(shared));
  }

  private boolean hasIpv6() throws IOException {
    CommandRunner.Result result =
        commands.tryRun(
            List.of(
                "sysctl",
                "-n",
                "net.ipv6.conf.all.disable_ipv6",
                "net.ipv6.conf.default.disable_ipv6"),
            "",
            CommandRunner.USUAL_TIME);
    return result.exitCode() == 0
        && result.output().lines().map(String::strip).allMatch("0"::equals);
  }

  /** What another tunnel will put back is what it was before both. */
  private int srcValidMark(List<Undo> shared) throws IOException {
    for (Undo undo : shared) {
      if (undo.action() instanceof Action.Command command
          && command.arguments().getLast().equals(SRC_VALID_MARK + "=0")) {
        return 0;
      }
    }
    return commands.run("sysctl", "-n", SRC_VALID_MARK).strip().equals("1") ? 1 : 0;
  }

  /** The least MTU on the ways to the endpoints, or on the default route's without any. */
  private int outerMtu(Collection<IpAddress> endpoints) throws IOException {
    int least = 0;
    for (IpAddress endpoint : endpoints) {
      int mtu = mtuOf(List.of("ip", "-N", "route", "get", endpoint.toString()));
      least = least == 0 || (mtu > 0 && mtu < least) ? mtu : least;
    }
    return endpoints.isEmpty() ? mtuOf(List.of("ip", "-N", "route", "show", "default")) : least;
  }

  /** The MTU of the first route that the command shows, or else of its device; 0 without one. */
  private int mtuOf(List<String> command) throws IOException {
    CommandRunner.Result result = commands.tryRun(command, "", CommandRunner.USUAL_TIME);
    if (result.exitCode() != 0) {
      return 0;
    }
    OptionalInt ofRoute = mtuIn(result.output());
    Matcher device = DEVICE.matcher(result.output());
    if (ofRoute.isPresent() || !device.find()) {
      return ofRoute.orElse(0);
    }
    return mtuIn(commands.run("ip", "link", "show", "dev", device.group(1))).orElse(0);
  }

  private static OptionalInt mtuIn(String text) {
    Matcher matcher = MTU.matcher(text);
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  private static List<Long> numbers(Pattern pattern, String text) {
    List<Long> numbers = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      numbers.add(Long.valueOf(matcher.group(1)));
    }
    return numbers;
  }
}
