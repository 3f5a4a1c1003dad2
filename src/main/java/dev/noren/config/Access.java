package dev.noren.config;

import java.util.List;

/**
 * Who may reach what from outside.
 *
 * @param people the people that devices belong to
 * @param groups the groups that people are in
 * @param rules what is let through; what none lets is refused
 * @param page the tunnels, and the forms by their tunnels, from which the setup page is reached too
 */
public record Access(
    List<Person> people, List<Group> groups, List<AccessRule> rules, List<TunnelName> page) {
  /** Nobody. */
  public static final Access NONE = new Access(List.of(), List.of(), List.of(), List.of());

  public Access {
    people = List.copyOf(people);
    groups = List.copyOf(groups);
    rules = List.copyOf(rules);
    page = List.copyOf(page);
  }

  /** The same without a tunnel that is no longer there. */
  Access without(TunnelName tunnel) {
    return new Access(
        people, groups, rules, page.stream().filter(each -> !each.equals(tunnel)).toList());
  }

  /**
   * A person.
   *
   * @param name what people call him or her; no two have the same
   * @param groups the groups he or she is in
   * @param totpSecret the secret of one-time codes, base32 (RFC 6238), or null before there is one
   */
  public record Person(String name, List<String> groups, String totpSecret) {
    public Person {
      groups = List.copyOf(groups);
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Person[name=" + name + ", groups=" + groups + "]";
    }
  }

  /**
   * A group of people.
   *
   * @param name what people call it; no two have the same
   * @param signIn whether its people sign in each time, before they reach more than the sign-in
   * @param signInHours how long one sign-in lasts
   */
  public record Group(String name, boolean signIn, int signInHours) {
    /** A working day. */
    public static final int HOURS = 8;

    /** A week. */
    public static final int MOST_HOURS = 168;
  }
}
