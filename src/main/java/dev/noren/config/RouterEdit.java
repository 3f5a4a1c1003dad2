package dev.noren.config;

import dev.noren.config.Form.Extent;
import dev.noren.config.RouterTunnel.Peer;
import dev.noren.config.TunnelUse.Mode;
import dev.noren.net.Cidr;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Changes to the router's document, each checked as a whole before it is given back. */
public final class RouterEdit {
  /** What errors call it. */
  static final Sentence NAME = Sentence.of("file.configuration");

  private RouterEdit() {}

  /**
   * The configuration with another value in one place.
   *
   * @param path as errors name it, as in {@code lan.dhcp.on}
   * @param text JSON, or a text without quotes
   * @throws ConfigException with all that would be wrong, also where there is no such place
   */
  public static RouterConfig set(RouterConfig config, String path, String text)
      throws ConfigException {
    return setAll(config, Map.of(path, text));
  }

  /**
   * The configuration with other values in several places, which are put there in their order.
   *
   * @param values a text as above for each path
   * @throws ConfigException with all that would be wrong, also where there is no such place
   */
  public static RouterConfig setAll(RouterConfig config, Map<String, String> values)
      throws ConfigException {
    Problems problems = new Problems(NAME);
    Object tree = Json.parse(RouterJson.write(config), problems);
    for (Map.Entry<String, String> each : values.entrySet()) {
      try {
        DocumentPath.parse(each.getKey()).put(tree, value(each.getKey(), each.getValue()));
      } catch (IllegalArgumentException e) {
        throw problems.fatal(0, Sentence.of(e));
      }
    }
    return RouterReader.read(tree, problems);
  }

  /** A text as JSON: what {@link #set} takes for this text, be it of digits or in brackets. */
  public static String quoted(String text) {
    return Json.writeOnOneLine(text);
  }

  /**
   * The configuration as it reads back.
   *
   * @throws ConfigException with all that is wrong with it
   */
  static RouterConfig checked(RouterConfig config) throws ConfigException {
    return RouterJson.read(NAME, RouterJson.write(config));
  }

  private static Object value(String path, String text) throws ConfigException {
    Problems problems = new Problems(Sentence.of("file.value", path));
    try {
      Object value = Json.parse(text, problems);
      problems.throwIfAny();
      return value;
    } catch (ConfigException e) {
      // Who begins JSON means JSON; all else that is none is text.
      if (text.strip().startsWith("{")
          || text.strip().startsWith("[")
          || text.strip().startsWith("\"")) {
        throw e;
      }
      return text;
    }
  }

  /**
   * A change and what is to be said about it.
   *
   * @param config the configuration after it
   * @param remarks one sentence each
   */
  public record Imported(RouterConfig config, List<Sentence> remarks) {}

  /**
   * The configuration with a wg-quick file's tunnel in the place of the one of this name, or added.
   * What such a file does not say (further ports, exceptions, peers' names) stays as it was; what
   * the document has no place for is remarked on.
   *
   * @throws ConfigException with all that would be wrong
   */
  public static Imported importTunnel(RouterConfig config, TunnelName name, TunnelConfig file)
      throws ConfigException {
    RouterTunnel old = config.tunnel(name);
    List<Sentence> remarks = new ArrayList<>(notTaken(name, file.own()));
    RouterTunnel tunnel = tunnel(config, old, name, file, remarks);
    RouterConfig changed = config.withTunnels(replaced(config.tunnels(), old, tunnel));
    return new Imported(
        RouterJson.read(
            Sentence.of("file.configuration-with", name + ".conf"), RouterJson.write(changed)),
        remarks);
  }

  /**
   * What a wg-quick file makes of a tunnel.
   *
   * @param old the tunnel that it takes the place of, or null
   * @param remarks takes what is to be said about it
   */
  static RouterTunnel tunnel(
      RouterConfig config,
      RouterTunnel old,
      TunnelName name,
      TunnelConfig file,
      List<Sentence> remarks)
      throws ConfigException {
    if (file.own().privateKey() == null) {
      throw new Problems(name + ".conf").only("PrivateKey", Sentence.of("conf.key-needed"));
    }
    List<Peer> peers =
        withoutTwins(file.peers()).stream()
            .filter(peer -> !peer.publicKey().equals(file.own().privateKey().publicKey()))
            .map(peer -> new Peer(nameOf(old, peer), peer))
            .toList();
    return new RouterTunnel(
        name,
        file.own().privateKey(),
        file.own().listenPort(),
        old == null ? List.of() : old.alsoPorts(),
        file.own().addresses(),
        file.own().mtuBytes(),
        peers,
        use(config, old, name, peers, remarks),
        old == null || old.killSwitch(),
        old == null || old.masquerade());
  }

  /** What several peers are allowed, the last of them gets, as in wg. */
  private static List<PeerConfig> withoutTwins(List<PeerConfig> peers) {
    List<PeerConfig> all = new ArrayList<>();
    Set<Cidr> taken = new HashSet<>();
    for (PeerConfig peer : peers.reversed()) {
      all.add(
          new PeerConfig(
              peer.publicKey(),
              peer.presharedKey(),
              peer.allowedIps().stream().filter(each -> !taken.contains(each)).toList(),
              peer.endpoint(),
              peer.persistentKeepaliveSeconds()));
      taken.addAll(peer.allowedIps());
    }
    return all.reversed();
  }

  private static List<RouterTunnel> replaced(
      List<RouterTunnel> tunnels, RouterTunnel old, RouterTunnel tunnel) {
    return old == null
        ? Stream.concat(tunnels.stream(), Stream.of(tunnel)).toList()
        : tunnels.stream().map(each -> each.equals(old) ? tunnel : each).toList();
  }

  private static String nameOf(RouterTunnel old, PeerConfig peer) {
    return old == null
        ? null
        : old.peers().stream()
            .filter(each -> each.config().publicKey().equals(peer.publicKey()))
            .findFirst()
            .map(Peer::name)
            .orElse(null);
  }

  /** What wg-quick would route: the allowed IPs, or everything. */
  private static TunnelUse use(
      RouterConfig config,
      RouterTunnel old,
      TunnelName name,
      List<Peer> peers,
      List<Sentence> remarks) {
    List<Cidr> prefixes = peers.stream().flatMap(p -> p.config().allowedIps().stream()).toList();
    List<Cidr> allowed = prefixes.stream().filter(MachineAddress::isForwardedTo).toList();
    List<Cidr> left = prefixes.stream().filter(each -> !allowed.contains(each)).toList();
    boolean all = UseReader.covered(UseReader.ALL_V4, allowed);
    boolean allElsewhere =
        config.tunnels().stream()
                .anyMatch(each -> !each.equals(old) && each.use().mode() == Mode.FULL)
            || config.forms().stream().anyMatch(form -> isFull(form, old));
    if (!left.isEmpty() && !all) {
      remarks.add(
          Sentence.of("error.file", name + ".conf", Sentence.of("import.not-forwarded", left)));
    }
    if (old != null) {
      TunnelUse was = old.use();
      boolean split = was.mode() == Mode.SPLIT;
      return split ? was.withSubnets(all ? was.subnets() : allowed) : was;
    }
    if (all && allElsewhere) {
      remarks.add(Sentence.of("error.file", name + ".conf", Sentence.of("import.other-full")));
      return TunnelUse.split(List.of());
    }
    return all ? TunnelUse.full() : TunnelUse.split(allowed);
  }

  private static boolean isFull(Form form, RouterTunnel old) {
    return switch (form) {
      case CloudForm cloud ->
          !cloud.tunnel().equals(old) && cloud.tunnel().use().mode() == Mode.FULL;
      case BundleForm bundle -> bundle.extent() == Extent.FULL;
      default -> false;
    };
  }

  private static List<Sentence> notTaken(TunnelName name, InterfaceConfig own) {
    List<String> keys = new ArrayList<>();
    addIf(keys, "PreUp", !own.hooks().preUp().isEmpty());
    addIf(keys, "PostUp", !own.hooks().postUp().isEmpty());
    addIf(keys, "PreDown", !own.hooks().preDown().isEmpty());
    addIf(keys, "PostDown", !own.hooks().postDown().isEmpty());
    addIf(keys, "Table", !own.table().equals(RouteTable.AUTO));
    addIf(keys, "FwMark", own.fwMark() != 0);
    List<Sentence> remarks = new ArrayList<>();
    if (!keys.isEmpty()) {
      remarks.add(Sentence.of(keys.size() == 1 ? "import.key-left" : "import.keys-left", keys));
    }
    if (!own.dnsServers().isEmpty() || !own.searchDomains().isEmpty()) {
      remarks.add(Sentence.of("import.dns-left"));
    }
    return remarks.stream()
        .map(remark -> Sentence.of("error.file", name + ".conf", remark))
        .toList();
  }

  private static void addIf(List<String> keys, String key, boolean given) {
    if (given) {
      keys.add(key);
    }
  }
}
