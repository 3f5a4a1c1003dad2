package dev.noren.config;

import dev.noren.net.Cidr;
import dev.noren.text.Refused;
import java.util.List;
import java.util.Locale;

/**
 * What somebody may reach.
 *
 * @param name what people call the rule; no two have the same
 * @param from who: devices, people, groups, or all of a form
 * @param to the subnets and hosts, also by the names of reservations
 * @param services at which ports; empty for all
 */
public record AccessRule(String name, List<Who> from, List<Target> to, List<Service> services) {
  public AccessRule {
    from = List.copyOf(from);
    to = List.copyOf(to);
    services = List.copyOf(services);
  }

  /**
   * What a rule leads to.
   *
   * @param name the reservation whose address it is, or null where the rule gives the address
   *     itself
   * @param subnet the subnet, or the host as one
   */
  public record Target(String name, Cidr subnet) {
    /** A subnet, or a host as one. */
    public static Target of(Cidr subnet) {
      return new Target(null, subnet);
    }

    /** As it stands in the document. */
    @Override
    public String toString() {
      return name == null ? subnet.toString() : name;
    }
  }

  /** The subnets and hosts, by whatever name. */
  public List<Cidr> subnets() {
    return to.stream().map(Target::subnet).toList();
  }

  /**
   * Whom a rule means, written as in {@code group:staff}.
   *
   * @param kind what the name is the name of
   * @param name the name
   */
  public record Who(Kind kind, String name) {
    /** What a name can be the name of. */
    public enum Kind {
      DEVICE,
      PERSON,
      GROUP,
      FORM
    }

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException with the reason
     */
    public static Who parse(String text) {
      int colon = text.indexOf(':');
      for (Kind kind : Kind.values()) {
        if (colon > 0 && text.substring(0, colon).equals(word(kind))) {
          return new Who(kind, text.substring(colon + 1));
        }
      }
      throw new Refused("access.who", Values.quoted(text));
    }

    private static String word(Kind kind) {
      return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return word(kind) + ":" + name;
    }
  }
}
