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
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

  /**
   * How they answer. Those that are to be held and whose ends have shaken hands are asked while
   * nothing else comes from them, so that it is proved that the way is open.
   *
   * @param seen the tunnels as they are
   */
  List<Echoes> know(RouterConfig config, List<TunnelPlan> tunnels, List<Tunnel> seen) {
    List<Asked> all = asked(config, tunnels);
    echoes.know(
        all.stream().map(Asked::target).toList(), open(all, seen, false), open(all, seen, true));
    return all.stream().map(this::answers).toList();
  }

  /**
   * Who is to be held and has shaken hands.
   *
   * @param quiet only those from whose network nothing has come lately
   */
  static Set<Target> open(List<Asked> all, List<Tunnel> seen, boolean quiet) {
    Set<PeerName> open = new HashSet<>();
    for (Tunnel tunnel : seen) {
      for (Peer peer : tunnel.peers()) {
        if (tunnel.up()
            && peer.isWanted()
            && peer.isFresh()
            && !peer.isUnanswered()
            && (!quiet || peer.isQuiet())) {
          open.add(new PeerName(tunnel.name().text(), peer.publicKey()));
        }
      }
    }
    return all.stream()
        .filter(each -> open.contains(new PeerName(each.tunnel(), each.publicKey())))
        .map(Asked::target)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** How they answer; all of them are asked while somebody asks this now and then. */
  List<Echoes> look(RouterConfig config, List<TunnelPlan> tunnels) {
    echoes.look();
    return asked(config, tunnels).stream().map(this::answers).toList();
  }

  /** How they answer, as far as it is known: nobody is asked for it. */
  List<Echoes> known(RouterConfig config, List<TunnelPlan> tunnels) {
    return asked(config, tunnels).stream().map(this::answers).toList();
  }

  /** How long each takes to answer now, microseconds, of those of which that is known. */
  Map<PeerName, Long> lately(RouterConfig config, List<TunnelPlan> tunnels) {
    Map<PeerName, Long> lately = new HashMap<>();
    for (Asked each : asked(config, tunnels)) {
      Long microseconds = echoes.lately(each.target());
      if (microseconds != null) {
        lately.put(new PeerName(each.tunnel(), each.publicKey()), microseconds);
      }
    }
    return lately;
  }

  private Echoes answers(Asked asked) {
    Answering now = echoes.of(asked.target());
    return new Echoes(
        asked.tunnel(),
        asked.publicKey(),
        asked.target().address(),
        now.asked(),
        now.lost(),
        now.microseconds(),
        now.silent());
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
