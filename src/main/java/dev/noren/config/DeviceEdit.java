package dev.noren.config;

import dev.noren.config.AccessRule.Who;
import dev.noren.config.FormEdit.Found;
import dev.noren.text.Refused;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What becomes of a device that is let in: its keys and addresses stay. Each result was checked as
 * a whole.
 */
public final class DeviceEdit {
  private static final String SERVICE = "(tcp|udp)/.*|icmp";
  private static final String BETWEEN = "[\\s,、]+";

  private DeviceEdit() {}

  static RouterConfig with(RouterConfig config, String name, UnaryOperator<Device> change)
      throws ConfigException {
    Found found = FormEdit.device(config, name);
    List<Device> devices =
        found.form().devices().stream()
            .map(each -> each.equals(found.device()) ? change.apply(each) : each)
            .toList();
    return RouterEdit.checked(
        FormEdit.with(config, found.form(), found.form().withDevices(devices)));
  }

  /**
   * Calls a device otherwise, in the rules too.
   *
   * @throws IllegalArgumentException with a sentence, where there is no such device
   * @throws ConfigException with all that would be wrong, also where another has this name
   */
  public static RouterConfig rename(RouterConfig config, String name, String other)
      throws ConfigException {
    Access access = config.access();
    List<AccessRule> rules =
        access.rules().stream()
            .map(
                rule ->
                    new AccessRule(
                        rule.name(),
                        rule.from().stream()
                            .map(who -> who.equals(who(name)) ? who(other) : who)
                            .toList(),
                        rule.to(),
                        rule.services()))
            .toList();
    return with(
        config.withAccess(new Access(access.people(), access.groups(), rules, access.page())),
        name,
        device -> device.withName(other));
  }

  private static Who who(String device) {
    return new Who(Who.Kind.DEVICE, device);
  }

  /**
   * Gives a device another last day.
   *
   * @param day the last day on which it is let in, or null for no end
   * @throws IllegalArgumentException with a sentence, where there is no such device
   * @throws ConfigException with all that would be wrong
   */
  public static RouterConfig expire(RouterConfig config, String name, LocalDate day)
      throws ConfigException {
    return with(config, name, device -> device.withExpires(day));
  }

  /**
   * Has rules let a device reach this and nothing else; what rules let its person, its groups and
   * all of its form reach stays so.
   *
   * @param reaches where to, one each, as in {@code 10.0.0.5, printer tcp/443}: subnets, addresses
   *     or names of reservations, and the services; none for all
   * @throws IllegalArgumentException with a sentence, where there is no such device, or rules are
   *     not for it
   * @throws ConfigException with all that would be wrong
   */
  public static RouterConfig limit(RouterConfig config, String name, List<String> reaches)
      throws ConfigException {
    Found found = FormEdit.device(config, name);
    if (!isLimited(found)) {
      throw new Refused(found.device().iot() ? "device.limit-thing" : "device.limit-desk", name);
    }
    RouterConfig limited = FormEdit.withoutWho(config, List.of(who(name)), new ArrayList<>());
    for (String each : reaches) {
      Map<Boolean, List<String>> parts =
          Arrays.stream(each.split(BETWEEN, -1))
              .filter(part -> !part.isEmpty())
              .collect(Collectors.partitioningBy(part -> Values.lower(part).matches(SERVICE)));
      limited =
          AccessEdit.allow(
              limited, null, List.of(who(name).toString()), parts.get(false), parts.get(true));
    }
    return limited;
  }

  /** Whether rules say what a device reaches: not of a thing, nor of a virtual desktop's. */
  public static boolean isLimited(Found found) {
    return !found.device().iot() && !(found.form() instanceof VdiForm);
  }

  /** What rules that name it let a device reach, as {@link #limit} takes it. */
  public static List<String> reaches(RouterConfig config, String name) {
    return config.access().rules().stream()
        .filter(rule -> rule.from().contains(who(name)))
        .map(
            rule ->
                Stream.concat(rule.to().stream().map(DeviceEdit::place), rule.services().stream())
                    .map(Object::toString)
                    .collect(Collectors.joining(", ")))
        .distinct()
        .toList();
  }

  private static String place(AccessRule.Target target) {
    String text = target.toString();
    boolean host =
        target.name() == null && target.subnet().prefixLength() == target.subnet().address().bits();
    return host ? text.substring(0, text.indexOf('/')) : text;
  }
}
