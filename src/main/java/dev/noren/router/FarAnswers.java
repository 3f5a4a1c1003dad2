package dev.noren.router;

import dev.noren.config.Form;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.Shop;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.Marks;
import dev.noren.plan.TunnelPlan;
import dev.noren.probe.Answering;
import dev.noren.probe.FarEchoes;
import dev.noren.probe.FarEchoes.Target;
import dev.noren.status.Echoes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far ends answer through their tunnels: those of which the document names an address. Devices
 * that call in are not asked; a telephone need not answer. For the router's thread.
 */
final class FarAnswers {
  private final FarEchoes echoes;

  /** A far end and whom its echoes go to. */
  record Asked(String tunnel, String publicKey, Target target) {}

  FarAnswers(FarEchoes echoes) {
    this.echoes = echoes;
  }

  /** How they answer, which is found out while somebody asks this now and then. */
  List<Echoes> look(RouterConfig config, List<TunnelPlan> tunnels) {
    List<Asked> all = asked(config, tunnels);
    echoes.want(all.stream().map(Asked::target).toList());
    return all.stream().map(this::answers).toList();
  }

  private Echoes answers(Asked asked) {
    Answering now = echoes.of(asked.target());
    return new Echoes(
        asked.tunnel(),
        asked.publicKey(),
        asked.target().address(),
        now.asked(),
        now.lost(),
        now.microseconds());
  }

  /** Whom to ask. */
  static List<Asked> asked(RouterConfig config, List<TunnelPlan> tunnels) {
    Set<String> devices = new HashSet<>();
    Map<String, IpAddress> shops = new HashMap<>();
    for (Form form : config.forms()) {
      form.devices().forEach(device -> devices.add(device.publicKey().toString()));
      for (Shop shop : form.shops()) {
        if (shop.address() != null) {
          shops.put(shop.publicKey().toString(), shop.address());
        }
      }
    }
    List<Asked> all = new ArrayList<>();
    for (TunnelPlan tunnel : tunnels) {
      for (RouterTunnel.Peer peer : tunnel.config().peers()) {
        String key = peer.config().publicKey().toString();
        IpAddress address = shops.containsKey(key) ? shops.get(key) : host(peer);
        if (address != null && !devices.contains(key) && all.size() < FarEchoes.MOST) {
          all.add(
              new Asked(
                  tunnel.device(), key, new Target(address, Marks.ofTunnel(tunnel.number()))));
        }
      }
    }
    return all;
  }

  /** A single host among what may be at a far end is its own address in the tunnel. */
  private static IpAddress host(RouterTunnel.Peer peer) {
    return peer.config().allowedIps().stream()
        .filter(each -> each.prefixLength() == each.address().bits())
        .map(Cidr::address)
        .filter(IpAddress::isOneHost)
        .findFirst()
        .orElse(null);
  }
}
