package dev.noren.plan;

import dev.noren.config.TunnelUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which sets of the firewall the addresses of which names go into. dnsmasq takes only the longest
 * domain that a name ends in, so each domain here has all sets that its names belong to: those of
 * the tunnel that has its longest, and the exceptions of every tunnel.
 */
final class NameSets {
  private static final Comparator<String> BY_LENGTH = Comparator.comparingInt(String::length);

  private NameSets() {}

  /** The sets' names, to which 4 or 6 is added, by domain in the order of the alphabet. */
  static Map<String, List<String>> of(List<TunnelPlan> tunnels) {
    Map<String, String> takes = new LinkedHashMap<>();
    Map<String, List<String>> excepts = new LinkedHashMap<>();
    for (TunnelPlan tunnel : tunnels) {
      TunnelUse use = tunnel.config().use();
      int number = tunnel.number();
      use.domains().forEach(domain -> takes.put(domain, NameSet.stem(number, NameSet.NAMES)));
      for (String domain : use.exceptDomains()) {
        excepts
            .computeIfAbsent(domain, d -> new ArrayList<>())
            .add(NameSet.stem(number, NameSet.EXCEPT));
      }
    }
    Map<String, List<String>> sets = new TreeMap<>();
    takes.keySet().forEach(domain -> sets.put(domain, new ArrayList<>()));
    excepts.keySet().forEach(domain -> sets.put(domain, new ArrayList<>()));
    sets.forEach(
        (domain, names) -> {
          takes.keySet().stream()
              .filter(taken -> endsIn(domain, taken))
              .max(BY_LENGTH)
              .ifPresent(taken -> names.add(takes.get(taken)));
          excepts.forEach(
              (excepted, each) -> {
                if (endsIn(domain, excepted)) {
                  names.addAll(each);
                }
              });
        });
    return sets;
  }

  private static boolean endsIn(String name, String domain) {
    return name.equals(domain) || name.endsWith("." + domain);
  }
}
