package dev.noren.config;

import dev.noren.config.TunnelUse.Mode;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads which traffic takes which tunnel; nothing may be asked to take two, or none at all. */
final class UseReader {
  static final Cidr ALL_V4 = new Cidr(IpAddress.v4(0), 0);

  private final LanConfig lan;
  private final Once devices = new Once();
  private final Once subnets = new Once();
  private final Once domains = new Once();
  private final List<Cidr> ownSeenAs = new ArrayList<>();
  private final List<Cidr> farNetworks = new ArrayList<>();
  private final List<Cidr> tunnelSubnets = new ArrayList<>();
  private String fullPath;

  UseReader(LanConfig lan) {
    this.lan = lan;
  }

  /**
   * @param allowed what the tunnel's peers are allowed, or null where that is not known
   */
  TunnelUse read(Fields fields, List<Cidr> allowed) {
    Mode mode = fields.word("mode", Mode.class, Mode.SPLIT);
    boolean full = mode == Mode.FULL;
    if (full) {
      fields.check("mode", () -> takeFull(fields.path("mode"), allowed));
    }
    Once otherDevices = new Once();
    Once otherSubnets = new Once();
    Once otherDomains = new Once();
    List<String> exceptDevices =
        fields.texts("exceptDevices", (path, text) -> device(path, text, otherDevices));
    List<Cidr> exceptSubnets =
        fields.texts("exceptSubnets", (path, text) -> otherSubnets.take(path, exception(text)));
    List<String> exceptDomains =
        fields.texts(
            "exceptDomains", (path, text) -> otherDomains.take(path, RouterValues.domain(text)));
    List<String> listedDevices =
        fields.texts(
            "devices",
            (path, text) -> {
              checkNotExcepted(identity(device(text)), otherDevices);
              return device(path, text, devices);
            });
    List<Cidr> listedSubnets =
        fields.texts(
            "subnets",
            (path, text) -> {
              Cidr subnet = RouterValues.subnet(text);
              checkNotExcepted(subnet, otherSubnets);
              exceptSubnets.stream()
                  .filter(each -> holds(each, subnet))
                  .findFirst()
                  .ifPresent(each -> refuse(subnet, each, otherSubnets));
              checkRoutable(subnet, allowed);
              ownSeenAs.stream()
                  .filter(each -> each.equals(subnet) || holds(each, subnet))
                  .findFirst()
                  .ifPresent(each -> refuseOwnSeenAs(subnet));
              tunnelSubnets.add(subnet);
              return subnets.take(path, subnet);
            });
    List<String> listedDomains =
        fields.texts(
            "domains",
            (path, text) -> {
              String domain = RouterValues.domain(text);
              checkNotExcepted(domain, otherDomains);
              exceptDomains.stream()
                  .filter(each -> domain.endsWith("." + each))
                  .findFirst()
                  .ifPresent(each -> refuse(domain, each, otherDomains));
              return domains.take(path, domain);
            });
    if (!full && covered(ALL_V4, listedSubnets)) {
      fields.error("subnets", Sentence.of("use.all-v4"));
    }
    if (full) {
      checkEmpty(fields, "devices", listedDevices);
      checkEmpty(fields, "subnets", listedSubnets);
      checkEmpty(fields, "domains", listedDomains);
    }
    return new TunnelUse(
        mode,
        listedDevices,
        listedSubnets,
        listedDomains,
        exceptDevices,
        exceptSubnets,
        exceptDomains);
  }

  private static void checkEmpty(Fields fields, String key, List<?> listed) {
    if (!listed.isEmpty()) {
      fields.error(key, Sentence.of("use.full-and-list"));
    }
  }

  /**
   * Takes a subnet that a form's tunnel leads to.
   *
   * @throws IllegalArgumentException with the reason where another tunnel leads there, or none can
   */
  Cidr takeSubnet(String path, Cidr subnet) {
    checkRoutable(subnet, null);
    if (lan.address() != null && lan.address().overlaps(subnet)) {
      throw new Refused("use.holds-lan", subnet, lan.address().masked());
    }
    if (ownSeenAs.stream().anyMatch(subnet::overlaps)) {
      refuseOwnSeenAs(subnet);
    }
    farNetworks.add(subnet);
    return subnets.take(path, subnet);
  }

  private static void refuseOwnSeenAs(Cidr subnet) {
    throw new Refused("use.own-seen-as", subnet);
  }

  /** Takes a network as which the shop's own is seen; several forms may say the same. */
  Cidr takeOwnSeenAs(Cidr seenAs) {
    Stream.concat(
            farNetworks.stream().filter(seenAs::overlaps),
            tunnelSubnets.stream().filter(each -> each.equals(seenAs) || holds(seenAs, each)))
        .findFirst()
        .ifPresent(
            other -> {
              throw new Refused("use.seen-as-overlaps", seenAs, subnets.pathOf(other), other);
            });
    ownSeenAs.add(seenAs);
    return seenAs;
  }

  /**
   * Takes everything.
   *
   * @param allowed what the tunnel's peers are allowed, or null where that is not known
   * @throws IllegalArgumentException with the reason
   */
  void takeFull(String path, List<Cidr> allowed) {
    if (fullPath != null) {
      throw new Refused("use.two-full", fullPath);
    }
    fullPath = path;
    if (allowed != null && !covered(ALL_V4, allowed)) {
      throw new Refused("use.full-without-peer");
    }
  }

  /** A MAC address, or the name of a reservation. */
  private String device(String text) {
    String small = Values.lower(text);
    if (lan.reservations().stream().anyMatch(each -> small.equals(each.name()))) {
      return small;
    }
    try {
      return MacAddress.parse(text).text();
    } catch (IllegalArgumentException e) {
      throw new Refused(Sentence.of("use.device", Values.quoted(text)), e);
    }
  }

  /** A device may be called by its name in one place and by its MAC address in another. */
  private Object identity(String device) {
    return lan.reservations().stream()
        .filter(each -> device.equals(each.name()) && each.mac() != null)
        .findFirst()
        .<Object>map(each -> each.mac().text())
        .orElse(device);
  }

  private String device(String path, String text, Once once) {
    String device = device(text);
    once.take(path, identity(device));
    return device;
  }

  private static void checkNotExcepted(Object value, Once exceptions) {
    if (exceptions.has(value)) {
      throw new Refused("use.also-excepted", exceptions.pathOf(value));
    }
  }

  /** Where a wider one is an exception, this one would never take the tunnel. */
  private static void refuse(Object value, Object wider, Once exceptions) {
    throw new Refused("use.part-of-excepted", value, exceptions.pathOf(wider), wider);
  }

  private static boolean holds(Cidr wider, Cidr subnet) {
    return wider.prefixLength() < subnet.prefixLength() && wider.contains(subnet.address());
  }

  private static Cidr exception(String text) {
    Cidr subnet = RouterValues.subnet(text);
    MachineAddress.checkSubnet(subnet);
    return subnet;
  }

  private void checkRoutable(Cidr subnet, List<Cidr> allowed) {
    MachineAddress.checkSubnet(subnet);
    if (lan.address() != null
        && lan.address().contains(subnet.address())
        && lan.address().prefixLength() <= subnet.prefixLength()) {
      throw new Refused("use.in-lan", subnet, lan.address().masked());
    }
    if (allowed != null && !covered(subnet, allowed)) {
      throw new Refused("use.not-allowed", subnet);
    }
  }

  /** Whether prefixes together hold all of another, as 0.0.0.0/1 and 128.0.0.0/1 hold 0.0.0.0/0. */
  static boolean covered(Cidr prefix, List<Cidr> by) {
    List<Cidr> near = by.stream().filter(prefix::overlaps).toList();
    if (near.isEmpty() || near.stream().anyMatch(c -> c.prefixLength() <= prefix.prefixLength())) {
      return !near.isEmpty();
    }
    return covered(half(prefix, false), near) && covered(half(prefix, true), near);
  }

  private static Cidr half(Cidr prefix, boolean upper) {
    IpAddress address = prefix.address();
    int bit = address.bits() - 1 - prefix.prefixLength();
    long high = upper && bit >= 64 ? address.high() | 1L << (bit - 64) : address.high();
    long low = upper && bit < 64 ? address.low() | 1L << bit : address.low();
    return new Cidr(new IpAddress(address.v6(), high, low), prefix.prefixLength() + 1);
  }
}
