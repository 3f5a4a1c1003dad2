package dev.noren.router;

import dev.noren.config.RouterConfig;
import dev.noren.config.TunnelUse.Mode;
import dev.noren.doctor.Tightness;
import dev.noren.doctor.Tightness.Ipv6;
import dev.noren.doctor.Tightness.PastNames;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout;
import dev.noren.plan.NamesWay;
import dev.noren.plan.RouterPlan;
import dev.noren.plan.TunnelPlan;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** What could go past tunnels, by the plan in force and by who gives IPv6 in the network. */
final class TightWatch {
  private final Supplier<RouterConfig> config;
  private final Supplier<RouterPlan> plan;
  private final BooleanSupplier ipv6;
  private final Function<String, IpAddress> heard;

  /**
   * Where it looks.
   *
   * @param config the document in force
   * @param plan the plan for it
   * @param ipv6 whether the kernel has IPv6
   * @param heard the IPv6 router that is announced on a device, or null
   */
  TightWatch(
      Supplier<RouterConfig> config,
      Supplier<RouterPlan> plan,
      BooleanSupplier ipv6,
      Function<String, IpAddress> heard) {
    this.config = config;
    this.plan = plan;
    this.ipv6 = ipv6;
    this.heard = heard;
  }

  Tightness now() {
    RouterConfig document = config.get();
    RouterPlan now = plan.get();
    NamesWay names = NamesWay.of(document, now, ipv6.getAsBoolean());
    return new Tightness(
        names.servers(),
        !document.dns().upstream().isEmpty(),
        names.past().stream()
            .map(each -> new PastNames(each.tunnel().text(), each.all(), each.servers()))
            .toList(),
        ipv6(now));
  }

  private Ipv6 ipv6(RouterPlan now) {
    TunnelPlan full =
        now.tunnels().stream()
            .filter(each -> each.config().use().mode() == Mode.FULL)
            .findFirst()
            .orElse(null);
    Layout layout = now.layout();
    String tunnel = full == null ? null : full.device();
    if (full != null && layout.beside() && layout.lan() != null) {
      IpAddress router = heard.apply(layout.lan().device());
      if (router != null) {
        return new Ipv6(Ipv6.Way.PAST, tunnel, router);
      }
    }
    if (full != null && full.config().addresses().stream().noneMatch(own -> own.address().v6())) {
      return new Ipv6(Ipv6.Way.CLOSED, tunnel, null);
    }
    boolean given = layout.lan() != null && layout.lan().address6() != null;
    return new Ipv6(given ? Ipv6.Way.GIVEN : Ipv6.Way.NONE, tunnel, null);
  }
}
