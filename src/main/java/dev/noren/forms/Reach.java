package dev.noren.forms;

import dev.noren.config.Access;
import dev.noren.config.Access.Group;
import dev.noren.config.Access.Person;
import dev.noren.config.AccessRule;
import dev.noren.config.AccessRule.Who;
import dev.noren.config.Device;
import dev.noren.config.Form;
import java.util.List;

/** Which rules of the access are for a device. */
final class Reach {
  private final Access access;

  Reach(Access access) {
    this.access = access;
  }

  /** What the rules let a device of a form through to, in the order of the document. */
  List<Grant> grants(Form form, Device device) {
    return access.rules().stream()
        .filter(rule -> isFor(rule, form, device))
        .map(Reach::grant)
        .toList();
  }

  /** Whether a rule is for a device of a form. */
  boolean isFor(AccessRule rule, Form form, Device device) {
    return rule.from().stream().anyMatch(who -> means(who, form, device));
  }

  private static Grant grant(AccessRule rule) {
    return new Grant(null, rule.name(), rule.subnets(), rule.services());
  }

  private boolean means(Who who, Form form, Device device) {
    return switch (who.kind()) {
      case DEVICE -> who.name().equals(device.name());
      case PERSON -> who.name().equals(device.person());
      case GROUP -> groups(device).contains(who.name());
      case FORM -> who.name().equals(form.name().text());
    };
  }

  /** Whether one of its person's groups signs in each time. */
  boolean signsIn(Device device) {
    List<String> mine = groups(device);
    return access.groups().stream()
        .anyMatch(group -> group.signIn() && mine.contains(group.name()));
  }

  /** For how many hours one sign-in of a person lasts: the shortest of the groups' that sign in. */
  static int signInHours(Access access, Person person) {
    return access.groups().stream()
        .filter(group -> group.signIn() && person.groups().contains(group.name()))
        .mapToInt(Group::signInHours)
        .min()
        .orElse(Group.HOURS);
  }

  private List<String> groups(Device device) {
    return access.people().stream()
        .filter(person -> person.name().equals(device.person()))
        .findFirst()
        .map(Person::groups)
        .orElse(List.of());
  }
}
