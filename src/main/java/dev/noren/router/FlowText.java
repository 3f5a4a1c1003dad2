package dev.noren.router;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout;
import dev.noren.plan.Marks;
import dev.noren.plan.RouterPlan;
import dev.noren.plan.TunnelPlan;
import dev.noren.services.Flow;
import dev.noren.text.Past;
import java.util.Objects;
import java.util.stream.Stream;

/** Says of a flow whether it is a device's of the shop, where it leads, and which way. */
final class FlowText {
  private static final int ICMP = 1;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int ICMP_V6 = 58;

  private FlowText() {}

  /** Whether a device of the shop began it, and somebody other than this box answers. */
  static boolean isShops(Flow flow, RouterPlan plan) {
    Layout.Lan lan = plan.layout().lan();
    if (lan == null) {
      return false;
    }
    Cidr network = flow.source().v6() ? lan.address6() : lan.address();
    return network != null
        && network.contains(flow.source())
        && own(plan).noneMatch(own -> own.equals(flow.source()) || own.equals(flow.answersFrom()));
  }

  /** The addresses that are this box itself. */
  private static Stream<IpAddress> own(RouterPlan plan) {
    Layout.Lan lan = plan.layout().lan();
    Stream<Cidr> lines =
        plan.layout().lines().stream()
            .map(Layout.Line::lease)
            .filter(Objects::nonNull)
            .map(lease -> lease.address());
    Stream<Cidr> tunnels = plan.tunnels().stream().flatMap(t -> t.config().addresses().stream());
    return Stream.of(Stream.of(lan.address(), lan.address6()), lines, tunnels)
        .flatMap(each -> each)
        .filter(Objects::nonNull)
        .map(Cidr::address);
  }

  /** Where it leads and which way, such as {@code tcp 198.51.100.7:443 through hq}. */
  static String of(Flow flow, RouterPlan plan) {
    // Only what a tunnel has taken has a mark.
    int number = Marks.tunnelOfFlow(flow.mark());
    return Past.words(
        number == 0 ? "past.by-line" : "past.through",
        protocol(flow.protocol()),
        destination(flow),
        number == 0 ? line(flow, plan) : tunnel(number, plan));
  }

  private static String protocol(int number) {
    return switch (number) {
      case ICMP -> "icmp";
      case TCP -> "tcp";
      case UDP -> "udp";
      case ICMP_V6 -> "icmpv6";
      default -> "protocol " + number;
    };
  }

  private static String destination(Flow flow) {
    if (flow.port() == 0) {
      return flow.destination().toString();
    }
    String address =
        flow.destination().v6() ? "[" + flow.destination() + "]" : flow.destination().toString();
    return address + ":" + flow.port();
  }

  private static String tunnel(int number, RouterPlan plan) {
    return plan.tunnels().stream()
        .filter(tunnel -> tunnel.number() == number)
        .map(TunnelPlan::device)
        .findFirst()
        .orElse("a tunnel");
  }

  private static String line(Flow flow, RouterPlan plan) {
    return plan.layout().lines().stream()
        .filter(line -> plan.layout().lines().size() == 1 || standsFor(line, flow))
        .map(Layout.Line::device)
        .findFirst()
        .orElse("a line");
  }

  private static boolean standsFor(Layout.Line line, Flow flow) {
    return line.lease() != null
        && line.lease().address() != null
        && line.lease().address().address().equals(flow.answersTo());
  }
}
