package dev.noren.config;

import dev.noren.config.Access.Group;
import dev.noren.config.Access.Person;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** People, groups and rules come and go; each result was checked as a whole. */
public final class AccessEdit {
  private static final int MAX_NAME = 60;

  private AccessEdit() {}

  /**
   * Adds a rule.
   *
   * @param name what people call it, or null to make one of what it says
   * @param from who, as in {@code group:staff}
   * @param to subnets, hosts, or names of reservations
   * @param services as in {@code tcp/443}; none for all
   * @throws ConfigException with all that would be wrong
   */
  public static RouterConfig allow(
      RouterConfig config, String name, List<String> from, List<String> to, List<String> services)
      throws ConfigException {
    String at = "access.rules[" + config.access().rules().size() + "]";
    Map<String, String> values = new LinkedHashMap<>();
    values.put(
        at + ".name", RouterEdit.quoted(name == null ? made(config, from, to, services) : name));
    putAll(values, at + ".from", from);
    putAll(values, at + ".to", to);
    putAll(values, at + ".services", services);
    return RouterEdit.setAll(config, values);
  }

  private static void putAll(Map<String, String> values, String path, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      values.put(Json.element(path, i), RouterEdit.quoted(texts.get(i)));
    }
  }

  /** As in {@code group:staff to 10.0.0.0/24}, and a number behind it where there is one. */
  private static String made(
      RouterConfig config, List<String> from, List<String> to, List<String> services) {
    String whole = String.join(", ", from) + " to " + String.join(", ", to);
    if (!services.isEmpty()) {
      whole += " (" + String.join(", ", services) + ")";
    }
    String name = shortened(whole, MAX_NAME);
    List<String> taken = config.access().rules().stream().map(AccessRule::name).toList();
    for (int i = 2; taken.contains(name); i++) {
      name = shortened(whole, MAX_NAME - 4) + " " + i;
    }
    return name;
  }

  private static String shortened(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 3;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
            .strip()
        + "...";
  }

  /**
   * Takes a rule away.
   *
   * @throws IllegalArgumentException with a sentence, where there is no such rule
   */
  public static RouterConfig removeRule(RouterConfig config, String name) throws ConfigException {
    List<AccessRule> rules = config.access().rules();
    List<AccessRule> left = rules.stream().filter(rule -> !rule.name().equals(name)).toList();
    if (left.size() == rules.size()) {
      throw FormEdit.missing(
          Sentence.of("thing.rule"), name, rules.stream().map(AccessRule::name).toList());
    }
    return with(config, config.access().people(), config.access().groups(), left);
  }

  /**
   * Says from which tunnels the setup page is reached too, besides the shop's own network.
   *
   * @param tunnels names of tunnels and forms, all of them
   * @throws ConfigException where there is no such tunnel
   */
  public static RouterConfig page(RouterConfig config, List<String> tunnels)
      throws ConfigException {
    Access access = config.access();
    List<TunnelName> page = tunnels.stream().map(TunnelName::new).toList();
    return RouterEdit.checked(
        config.withAccess(new Access(access.people(), access.groups(), access.rules(), page)));
  }

  private static RouterConfig with(
      RouterConfig config, List<Person> people, List<Group> groups, List<AccessRule> rules)
      throws ConfigException {
    return RouterEdit.checked(
        config.withAccess(new Access(people, groups, rules, config.access().page())));
  }

  private static <T> List<T> and(List<T> all, T another) {
    return Stream.concat(all.stream(), Stream.of(another)).toList();
  }

  /** Adds a person. */
  public static RouterConfig addPerson(RouterConfig config, String name, List<String> groups)
      throws ConfigException {
    Access access = config.access();
    return with(
        config,
        and(access.people(), new Person(name, groups, null)),
        access.groups(),
        access.rules());
  }

  /** Adds a group. */
  public static RouterConfig addGroup(RouterConfig config, String name, boolean signIn)
      throws ConfigException {
    Access access = config.access();
    return with(
        config,
        access.people(),
        and(access.groups(), new Group(name, signIn, Group.HOURS)),
        access.rules());
  }

  /**
   * Takes a person away.
   *
   * @throws IllegalArgumentException with a sentence, where there is no such person, or devices or
   *     rules name him or her
   */
  public static RouterConfig removePerson(RouterConfig config, String name) throws ConfigException {
    Access access = config.access();
    List<Person> left =
        access.people().stream().filter(person -> !person.name().equals(name)).toList();
    if (left.size() == access.people().size()) {
      throw FormEdit.missing(
          Sentence.of("thing.person"), name, access.people().stream().map(Person::name).toList());
    }
    List<Sentence> users = new ArrayList<>();
    config.forms().stream()
        .flatMap(form -> form.devices().stream())
        .filter(device -> name.equals(device.person()))
        .forEach(device -> users.add(Sentence.of("used.device", Values.quoted(device.name()))));
    users.addAll(rulesThatName(access, new AccessRule.Who(AccessRule.Who.Kind.PERSON, name)));
    checkUnused(name, users);
    return with(config, left, access.groups(), access.rules());
  }

  /**
   * Takes a group away.
   *
   * @throws IllegalArgumentException with a sentence, where there is no such group, or people are
   *     in it, or rules name it
   */
  public static RouterConfig removeGroup(RouterConfig config, String name) throws ConfigException {
    Access access = config.access();
    List<Group> left =
        access.groups().stream().filter(group -> !group.name().equals(name)).toList();
    if (left.size() == access.groups().size()) {
      throw FormEdit.missing(
          Sentence.of("thing.group"), name, access.groups().stream().map(Group::name).toList());
    }
    List<Sentence> users = new ArrayList<>();
    access.people().stream()
        .filter(person -> person.groups().contains(name))
        .forEach(person -> users.add(Sentence.of("used.person", Values.quoted(person.name()))));
    users.addAll(rulesThatName(access, new AccessRule.Who(AccessRule.Who.Kind.GROUP, name)));
    checkUnused(name, users);
    return with(config, access.people(), left, access.rules());
  }

  private static List<Sentence> rulesThatName(Access access, AccessRule.Who who) {
    return access.rules().stream()
        .filter(rule -> rule.from().contains(who))
        .map(rule -> Sentence.of("used.rule", Values.quoted(rule.name())))
        .toList();
  }

  private static void checkUnused(String name, List<Sentence> users) {
    if (!users.isEmpty()) {
      throw new Refused(
          users.size() == 1 ? "used.once" : "used.several", Values.quoted(name), users);
    }
  }
}
