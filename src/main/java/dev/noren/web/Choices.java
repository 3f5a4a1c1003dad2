package dev.noren.web;

import dev.noren.config.Access;
import dev.noren.config.AccessRule;
import dev.noren.config.AccessRule.Who;
import dev.noren.config.Device;
import dev.noren.config.DeviceEdit;
import dev.noren.config.Form;
import dev.noren.config.FormEdit;
import dev.noren.config.LanConfig.Reservation;
import dev.noren.config.RouterConfig;
import dev.noren.net.Cidr;
import dev.noren.status.RouterStatus;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What there is to choose from for a rule: who, where to, and which services, each by the name that
 * people know it by.
 *
 * @param who groups, people, devices and whole ways of use
 * @param where the shop's network and the machines in it
 * @param services what is used most
 */
record Choices(List<Choice> who, List<Choice> where, List<Choice> services) {
  private static final Pattern PORTS = Pattern.compile("(tcp|udp)/.*|icmp");

  /** What a shop uses, by the ports that it is used at. */
  private static final Map<String, String> SERVICES = new LinkedHashMap<>();

  static {
    SERVICES.put("tcp/443", "choices.https");
    SERVICES.put("tcp/80", "choices.http");
    SERVICES.put("tcp/445", "choices.files");
    SERVICES.put("tcp/3389", "choices.desktop");
    SERVICES.put("tcp/631 tcp/9100", "choices.print");
  }

  Choices {
    who = List.copyOf(who);
    where = List.copyOf(where);
    services = List.copyOf(services);
  }

  /**
   * One of them.
   *
   * @param value as it stands in the document, or several with spaces between
   * @param says what people call it
   */
  record Choice(String value, Sentence says) {}

  static Choices of(RouterConfig config, RouterStatus status) {
    return new Choices(who(config), where(config, status), usual());
  }

  private static List<Choice> who(RouterConfig config) {
    List<Who> all = new ArrayList<>();
    for (Access.Group group : config.access().groups()) {
      all.add(new Who(Who.Kind.GROUP, group.name()));
    }
    for (Access.Person person : config.access().people()) {
      all.add(new Who(Who.Kind.PERSON, person.name()));
    }
    for (Form form : config.forms()) {
      List<Device> limited =
          form.devices().stream()
              .filter(device -> !device.lost())
              .filter(device -> DeviceEdit.isLimited(FormEdit.device(config, device.name())))
              .toList();
      limited.forEach(device -> all.add(new Who(Who.Kind.DEVICE, device.name())));
      if (!limited.isEmpty()) {
        all.add(new Who(Who.Kind.FORM, form.name().text()));
      }
    }
    return all.stream().map(each -> new Choice(each.toString(), said(each))).toList();
  }

  private static List<Choice> where(RouterConfig config, RouterStatus status) {
    List<Choice> where = new ArrayList<>();
    Cidr shop = status.lan() == null ? config.lan().address() : status.lan().address();
    if (shop != null) {
      String network = shop.masked().toString();
      where.add(new Choice(network, Sentence.of("choices.shop", network)));
    }
    for (Reservation each : config.lan().reservations()) {
      String address = each.address().toString();
      where.add(
          each.name() == null
              ? new Choice(address, Sentence.plain(address))
              : new Choice(each.name(), Sentence.of("choices.machine", each.name(), address)));
    }
    Set<String> fixed =
        config.lan().reservations().stream()
            .map(each -> each.address().toString())
            .collect(Collectors.toSet());
    for (RouterStatus.Lease lease : status.leases()) {
      String address = lease.address().toString();
      if (fixed.add(address)) {
        where.add(
            new Choice(
                address,
                lease.name() == null
                    ? Sentence.of("choices.now-unnamed", address)
                    : Sentence.of("choices.now", lease.name(), address)));
      }
    }
    return where;
  }

  private static List<Choice> usual() {
    return SERVICES.entrySet().stream()
        .map(each -> new Choice(each.getKey(), Sentence.of(each.getValue())))
        .toList();
  }

  /** Whom a rule means, as people say it. */
  static Sentence said(Who who) {
    String key =
        switch (who.kind()) {
          case DEVICE -> "choices.device";
          case PERSON -> "choices.person";
          case GROUP -> "choices.group";
          case FORM -> "choices.form";
        };
    return Sentence.of(key, who.name());
  }

  /** Which services a rule lets through, as people say it. */
  static List<Sentence> said(AccessRule rule) {
    if (rule.services().isEmpty()) {
      return List.of(Sentence.of("choices.all-services"));
    }
    return services(rule.services().stream().map(Object::toString).toList());
  }

  private static List<Sentence> services(List<String> ports) {
    List<String> left = new ArrayList<>(ports);
    List<Sentence> said = new ArrayList<>();
    SERVICES.forEach(
        (known, key) -> {
          List<String> needed = List.of(known.split(" "));
          if (left.containsAll(needed)) {
            left.removeAll(needed);
            said.add(Sentence.of(key));
          }
        });
    left.forEach(port -> said.add(Sentence.plain(port)));
    return said;
  }

  /** A line of what a device reaches, as people say it: its places, and the services. */
  static Sentence said(String line) {
    Map<Boolean, List<String>> parts =
        Arrays.stream(line.split("[, ]+"))
            .collect(Collectors.partitioningBy(part -> PORTS.matcher(part).matches()));
    List<String> places = parts.get(false);
    List<String> ports = parts.get(true);
    return ports.isEmpty()
        ? Sentence.of("choices.place", places)
        : Sentence.of("choices.place-only", places, services(ports));
  }
}
