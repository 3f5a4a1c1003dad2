package dev.noren.config;

import dev.noren.config.RouterConfig.LogConfig;
import dev.noren.config.WanConfig.Dhcp;
import dev.noren.config.WanConfig.Pppoe;
import dev.noren.config.WanConfig.Static;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A configuration as the tree that {@link Json} writes: every field, in one order. */
final class RouterTree {
  /** The members that are secrets, wherever they stand. */
  static final Set<String> SECRETS =
      Set.of("privateKey", "presharedKey", "password", "totpSecret", "token", "url");

  private RouterTree() {}

  static Map<String, Object> of(RouterConfig config) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("schema", Json.Num.of(RouterConfig.SCHEMA));
    tree.put("name", config.name());
    tree.put("role", Fields.wordOf(config.role()));
    Map<String, Object> ports = new LinkedHashMap<>();
    ports.put("wan", config.ports().wan());
    ports.put("lan", config.ports().lan());
    tree.put("ports", ports);
    tree.put("wan", config.wan().stream().map(RouterTree::wan).toList());
    tree.put("lan", lan(config.lan()));
    tree.put("dns", dns(config.dns()));
    tree.put("tunnels", config.tunnels().stream().map(RouterTree::tunnel).toList());
    tree.put("forms", config.forms().stream().map(FormTree::of).toList());
    tree.put("access", FormTree.of(config.access()));
    tree.put("log", log(config.log()));
    tree.put("leds", leds(config.leds()));
    tree.put("metrics", metrics(config.metrics()));
    tree.put("update", update(config.update()));
    tree.put("notices", notices(config.notices()));
    return tree;
  }

  private static Map<String, Object> wan(WanConfig wan) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("port", wan.port());
    switch (wan.method()) {
      case Dhcp dhcp -> tree.put("method", "dhcp");
      case Static fixed -> {
        tree.put("method", "static");
        tree.put("address", text(fixed.address()));
        tree.put("gateway", text(fixed.gateway()));
        tree.put("dns", texts(fixed.dns()));
      }
      case Pppoe pppoe -> {
        tree.put("method", "pppoe");
        tree.put("user", pppoe.user());
        tree.put("password", pppoe.password());
      }
    }
    tree.put("ipv6", Fields.wordOf(wan.ipv6()));
    return tree;
  }

  private static Map<String, Object> lan(LanConfig lan) {
    Map<String, Object> dhcp = new LinkedHashMap<>();
    dhcp.put("on", lan.dhcp().on());
    dhcp.put("from", text(lan.dhcp().from()));
    dhcp.put("to", text(lan.dhcp().to()));
    dhcp.put("leaseMinutes", Json.Num.of(lan.dhcp().leaseMinutes()));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("address", text(lan.address()));
    tree.put("dhcp", dhcp);
    tree.put("reservations", lan.reservations().stream().map(RouterTree::reservation).toList());
    return tree;
  }

  private static Map<String, Object> reservation(LanConfig.Reservation reservation) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("mac", text(reservation.mac()));
    tree.put("address", text(reservation.address()));
    tree.put("name", reservation.name());
    tree.put("iot", reservation.iot());
    return tree;
  }

  private static Map<String, Object> dns(DnsConfig dns) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("forceClients", dns.forceClients());
    tree.put("upstream", texts(dns.upstream()));
    tree.put("domains", dns.domains().stream().map(RouterTree::domain).toList());
    return tree;
  }

  private static Map<String, Object> domain(DnsConfig.DomainServer domain) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("domain", domain.domain());
    tree.put("server", text(domain.server()));
    return tree;
  }

  static Map<String, Object> tunnel(RouterTunnel tunnel) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", text(tunnel.name()));
    tree.put("privateKey", tunnel.privateKey().toBase64());
    tree.put("listenPort", numberOrNull(tunnel.listenPort()));
    tree.put("alsoPorts", tunnel.alsoPorts().stream().map(Json.Num::of).toList());
    tree.put("addresses", texts(tunnel.addresses()));
    tree.put("mtu", numberOrNull(tunnel.mtuBytes()));
    tree.put("peers", tunnel.peers().stream().map(RouterTree::peer).toList());
    tree.put("use", use(tunnel.use()));
    tree.put("killSwitch", tunnel.killSwitch());
    tree.put("masquerade", tunnel.masquerade());
    return tree;
  }

  private static Map<String, Object> peer(RouterTunnel.Peer peer) {
    PeerConfig config = peer.config();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", peer.name());
    tree.put("publicKey", config.publicKey().toBase64());
    tree.put(
        "presharedKey", config.presharedKey().isNone() ? null : config.presharedKey().toBase64());
    tree.put("endpoint", text(config.endpoint()));
    tree.put("allowedIps", texts(config.allowedIps()));
    tree.put("keepaliveSeconds", Json.Num.of(config.persistentKeepaliveSeconds()));
    return tree;
  }

  private static Map<String, Object> use(TunnelUse use) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("mode", Fields.wordOf(use.mode()));
    tree.put("devices", use.devices());
    tree.put("subnets", texts(use.subnets()));
    tree.put("domains", use.domains());
    tree.put("exceptDevices", use.exceptDevices());
    tree.put("exceptSubnets", texts(use.exceptSubnets()));
    tree.put("exceptDomains", use.exceptDomains());
    return tree;
  }

  private static Map<String, Object> log(LogConfig log) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("destinations", log.destinations());
    tree.put("syslog", text(log.syslog()));
    tree.put("keepDays", Json.Num.of(log.keepDays()));
    return tree;
  }

  private static Map<String, Object> leds(LedConfig leds) {
    Map<String, Object> night = new LinkedHashMap<>();
    night.put("from", text(leds.nightFrom()));
    night.put("to", text(leds.nightTo()));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("night", night);
    return tree;
  }

  private static Map<String, Object> update(UpdateConfig update) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("look", update.look());
    tree.put("install", Fields.wordOf(update.install()));
    return tree;
  }

  private static Map<String, Object> metrics(MetricsConfig metrics) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("enabled", metrics.enabled());
    tree.put("from", metrics.from());
    tree.put("token", metrics.token());
    return tree;
  }

  private static Map<String, Object> notices(NoticesConfig notices) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("language", notices.language().code());
    tree.put("mail", notices.mail() == null ? null : mail(notices.mail()));
    tree.put("webhook", notices.webhook() == null ? null : webhook(notices.webhook()));
    tree.put("events", notices.words());
    return tree;
  }

  private static Map<String, Object> mail(NoticesConfig.Mail mail) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("to", mail.to());
    tree.put("from", mail.from());
    tree.put("server", mail.server());
    tree.put("port", numberOrNull(mail.port()));
    tree.put("security", Fields.wordOf(mail.security()));
    tree.put("user", mail.user());
    tree.put("password", mail.password());
    return tree;
  }

  private static Map<String, Object> webhook(NoticesConfig.Webhook webhook) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("url", text(webhook.url()));
    tree.put("token", webhook.token());
    return tree;
  }

  static String text(Object value) {
    return value == null ? null : value.toString();
  }

  static List<String> texts(Collection<?> values) {
    return values.stream().map(Object::toString).toList();
  }

  static Json.Num numberOrNull(int value) {
    return value == 0 ? null : Json.Num.of(value);
  }

  /** All texts that members of these names have, wherever they stand. */
  static List<String> texts(Object tree, Set<String> names) {
    return switch (tree) {
      case Map<?, ?> members ->
          members.entrySet().stream()
              .flatMap(
                  each ->
                      each.getValue() instanceof String text
                          ? Stream.of(text).filter(any -> names.contains((String) each.getKey()))
                          : texts(each.getValue(), names).stream())
              .toList();
      case List<?> elements ->
          elements.stream().flatMap(each -> texts(each, names).stream()).toList();
      case null, default -> List.of();
    };
  }

  /** The tree with another text in each secret's place. */
  static Object hidden(Object tree) {
    return switch (tree) {
      case Map<?, ?> members -> {
        Map<String, Object> copy = new LinkedHashMap<>();
        members.forEach(
            (name, value) ->
                copy.put(
                    (String) name,
                    value instanceof String && SECRETS.contains(name)
                        ? RouterValues.HIDDEN
                        : hidden(value)));
        yield copy;
      }
      case List<?> elements -> elements.stream().map(RouterTree::hidden).toList();
      case null, default -> tree;
    };
  }
}
