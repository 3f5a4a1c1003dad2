package dev.noren.config;

import dev.noren.config.Access.Group;
import dev.noren.config.Access.Person;
import dev.noren.config.AccessRule.Target;
import dev.noren.config.AccessRule.Who;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads who may reach what: people and groups before the forms, and rules after them. */
final class AccessReader {
  /** Base32 (RFC 4648) of 10 to 64 bytes, without the signs that fill it up. */
  private static final Pattern BASE32 = Pattern.compile("[A-Z2-7]{16,103}");

  private final Fields fields;
  private final LanConfig lan;
  private final Once groupNames = new Once();
  private final Once personNames = new Once();
  private final Once deviceNames = new Once();
  private final Once deviceAddresses = new Once();
  private final List<Group> groups;
  private final List<Person> people;

  AccessReader(Fields fields, LanConfig lan) {
    this.fields = fields;
    this.lan = lan;
    groups = fields.objects("groups", this::group);
    people = fields.objects("people", this::person);
  }

  private Group group(Fields each) {
    return new Group(
        name(each, groupNames),
        each.flag("signIn", false),
        each.number("signInHours", 1, Group.MOST_HOURS, Group.HOURS));
  }

  private Person person(Fields each) {
    return new Person(
        name(each, personNames),
        each.texts("groups", text -> known(Sentence.of("thing.group"), text, groupNames)),
        each.text("totpSecret", text -> RouterValues.secret(text, AccessReader::totpSecret)));
  }

  private static String totpSecret(String text) {
    if (!BASE32.matcher(text).matches()) {
      throw new Refused("totp.secret");
    }
    return text;
  }

  private static String name(Fields each, Once names) {
    return each.required(
        "name", "hint.name", (path, text) -> names.take(path, RouterValues.personsName(text)));
  }

  private static String known(Sentence what, String text, Once names) {
    if (!names.has(text)) {
      throw new Refused("access.unknown", Values.quoted(text), what);
    }
    return text;
  }

  /** A device's name, which no other has. */
  String takeDevice(String path, String text) {
    return deviceNames.take(path, RouterValues.personsName(text));
  }

  /** A device's address, which none of any form has: by it alone is known who has signed in. */
  IpAddress takeAddress(String path, IpAddress address) {
    return deviceAddresses.take(path, address);
  }

  /** The name of a person that there is. */
  String person(String text) {
    return known(Sentence.of("thing.person"), text, personNames);
  }

  /** All of it, once the forms and so the devices are known. */
  Access read(List<RouterTunnel> tunnels, List<Form> forms) {
    Once names = new Once();
    List<AccessRule> rules =
        fields.objects(
            "rules",
            each -> {
              AccessRule rule =
                  new AccessRule(
                      name(each, names),
                      each.texts("from", text -> who(text, forms)),
                      each.texts("to", this::target),
                      each.texts("services", (String text) -> Service.parse(text)));
              checkWhole(each, rule);
              checkOutside(each, rule, forms);
              return rule;
            });
    Once pageNames = new Once();
    List<TunnelName> page =
        fields.texts("page", (path, text) -> pageNames.take(path, reaching(text, tunnels, forms)));
    fields.done();
    return new Access(people, groups, rules, page);
  }

  /** The name of a tunnel or of a form, from which something of the box may be reached. */
  static TunnelName reaching(String text, List<RouterTunnel> tunnels, List<Form> forms) {
    if (forms.stream().noneMatch(form -> is(form, text))
        && tunnels.stream()
            .noneMatch(each -> each.name() != null && each.name().text().equals(text))) {
      throw new Refused("access.no-tunnel", Values.quoted(text));
    }
    return new TunnelName(text);
  }

  private Who who(String text, List<Form> forms) {
    Who who = Who.parse(text);
    switch (who.kind()) {
      case DEVICE -> known(Sentence.of("thing.device"), who.name(), deviceNames);
      case PERSON -> person(who.name());
      case GROUP -> known(Sentence.of("thing.group"), who.name(), groupNames);
      case FORM -> {
        if (forms.stream().noneMatch(form -> is(form, who.name()))) {
          throw new Refused("access.no-form", Values.quoted(who.name()));
        }
      }
    }
    return who;
  }

  private static boolean is(Form form, String name) {
    return form.name() != null && form.name().text().equals(name);
  }

  /** A subnet, a host, or the name of a reservation, which stays one: its address may change. */
  private Target target(String text) {
    String small = Values.lower(text);
    return lan.reservations().stream()
        .filter(each -> small.equals(each.name()) && each.address() != null)
        .findFirst()
        .map(each -> new Target(small, new Cidr(each.address(), each.address().bits())))
        .orElseGet(() -> Target.of(subnet(text)));
  }

  private static Cidr subnet(String text) {
    Cidr subnet;
    try {
      subnet = RouterValues.subnet(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(Sentence.of("access.target", Values.quoted(text)), e);
    }
    MachineAddress.checkSubnet(subnet);
    return subnet;
  }

  private static void checkWhole(Fields each, AccessRule rule) {
    if (rule.from().isEmpty() && !each.holds("from")) {
      each.error("from", Sentence.of("access.from-missing"));
    }
    if (rule.to().isEmpty() && !each.holds("to")) {
      each.error("to", Sentence.of("access.to-missing"));
    }
  }

  /** Outside staff reach hosts by name, never a whole network. */
  private void checkOutside(Fields each, AccessRule rule, List<Form> forms) {
    List<Cidr> networks =
        rule.subnets().stream().filter(to -> to.prefixLength() < to.address().bits()).toList();
    if (networks.isEmpty()) {
      return;
    }
    forms.stream()
        .flatMap(
            form ->
                form.devices().stream()
                    .filter(
                        device ->
                            device.name() != null
                                && device.outside()
                                && reaches(rule, form, device)))
        .findFirst()
        .ifPresent(
            device ->
                each.error(
                    "to",
                    Sentence.of(
                        "access.outside-network",
                        networks.getFirst(),
                        Values.quoted(device.name()))));
  }

  private boolean reaches(AccessRule rule, Form form, Device device) {
    Stream<String> groupsOfPerson =
        people.stream()
            .filter(person -> person.name() != null && person.name().equals(device.person()))
            .flatMap(person -> person.groups().stream());
    List<String> mine = groupsOfPerson.toList();
    return rule.from().stream()
        .anyMatch(
            who ->
                switch (who.kind()) {
                  case DEVICE -> who.name().equals(device.name());
                  case PERSON -> who.name().equals(device.person());
                  case GROUP -> mine.contains(who.name());
                  case FORM -> is(form, who.name());
                });
  }
}
