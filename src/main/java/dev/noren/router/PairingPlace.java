package dev.noren.router;

import dev.noren.config.Form;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.Shop;
import dev.noren.config.SiteForm;
import dev.noren.forms.Compiled;
import dev.noren.forms.Settlement;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout;
import dev.noren.text.Failed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tinylog.Logger;

/** Where this router stands, as far as a pairing has to know: its networks and its addresses. */
final class PairingPlace {
  private PairingPlace() {}

  /**
   * The shop's own network.
   *
   * @throws IOException with a sentence, where there is none yet
   */
  static Cidr network(Layout layout) throws IOException {
    if (layout.lan() == null || layout.lan().address() == null) {
      throw new Failed("pairing.no-network");
    }
    return layout.lan().address().masked();
  }

  /** What another shop may reach by a form: the shop's network, and a hub's other shops'. */
  static List<Cidr> offered(Form form, Cidr network) {
    List<Cidr> offered = new ArrayList<>(List.of(own(form, network)));
    if (form instanceof SiteForm site && site.exchange()) {
      site.shops().stream()
          .map(Shop::routed)
          .flatMap(List::stream)
          .filter(Settlement::isJoined)
          .limit(32)
          .forEach(offered::add);
    }
    return offered;
  }

  /** As far shops see it already, where they see it as another. */
  private static Cidr own(Form form, Cidr network) {
    return form.seenAs() == null ? network : form.seenAs();
  }

  /** The IPv4 networks that lead elsewhere already, so that nothing else can be seen in them. */
  static List<Cidr> taken(RouterConfig config, Layout layout, LocalDate today) {
    Set<Cidr> taken = new LinkedHashSet<>();
    if (layout.lan() != null && layout.lan().address() != null) {
      taken.add(layout.lan().address().masked());
    }
    for (Layout.Line line : layout.lines()) {
      if (line.lease() != null && line.lease().address() != null) {
        taken.add(line.lease().address().masked());
      }
    }
    for (RouterTunnel tunnel : Compiled.of(config, today).config().tunnels()) {
      tunnel.addresses().forEach(address -> taken.add(address.masked()));
      taken.addAll(tunnel.use().subnets());
    }
    return taken.stream().filter(each -> !each.address().v6() && each.prefixLength() > 0).toList();
  }

  /** The addresses of the lines. */
  static List<IpAddress> addresses(Layout layout) {
    List<IpAddress> addresses = new ArrayList<>();
    for (Layout.Line line : layout.lines()) {
      if (line.lease() != null && line.lease().address() != null) {
        addresses.add(line.lease().address().address());
      }
      addresses.addAll(v6(line.device()));
    }
    return addresses;
  }

  private static List<IpAddress> v6(String device) {
    try {
      NetworkInterface found = NetworkInterface.getByName(device);
      return found == null
          ? List.of()
          : found
              .inetAddresses()
              .map(InetAddress::getAddress)
              .filter(bytes -> bytes.length == 16)
              .map(bytes -> IpAddress.of(bytes, 0, bytes.length))
              .toList();
    } catch (SocketException e) {
      Logger.debug("{} has addresses that can't be read: {}", device, e.getMessage());
      return List.of();
    }
  }
}
