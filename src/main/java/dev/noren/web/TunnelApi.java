package dev.noren.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.config.ConfigException;
import dev.noren.config.InterfaceConfig;
import dev.noren.config.PeerConfig;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterEdit;
import dev.noren.config.RouterTunnel;
import dev.noren.config.TunnelConfig;
import dev.noren.config.TunnelName;
import dev.noren.config.TunnelUse;
import dev.noren.config.WgQuickFile;
import dev.noren.control.Operations;
import dev.noren.control.RecordJson;
import dev.noren.crypto.PresharedKey;
import dev.noren.text.Refused;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tunnels that come in as wg-quick files, and go out as such. */
final class TunnelApi {
  private final Operations operations;
  private final Edits edits;

  TunnelApi(Operations operations, Edits edits) {
    this.operations = operations;
    this.edits = edits;
  }

  /** A file that comes in. */
  record Import(String name, String conf) implements RecordJson.Sparse {
    /** Without the file, which has a key in it. */
    @Override
    public String toString() {
      return "Import[name=" + name + "]";
    }
  }

  /** The tunnels of the document that are of no form. */
  record Listed(List<Entry> tunnels) {}

  /**
   * A tunnel.
   *
   * @param name its interface
   * @param mode full or split
   * @param publicKey its own key
   * @param addresses its own addresses in it
   * @param peers how many far ends it has
   * @param use what takes it
   */
  record Entry(
      String name, String mode, String publicKey, List<String> addresses, int peers, Use use) {
    static Entry of(RouterTunnel tunnel) {
      return new Entry(
          tunnel.name().text(),
          RecordJson.wordOf(tunnel.use().mode()),
          tunnel.privateKey().publicKey().toBase64(),
          tunnel.addresses().stream().map(Object::toString).toList(),
          tunnel.peers().size(),
          Use.of(tunnel));
    }
  }

  /**
   * Which of the clients' traffic takes a tunnel, as {@link TunnelUse} has it.
   *
   * @param mode full or split
   * @param devices all traffic of these, by MAC address or name of a reservation
   * @param subnets all traffic to these
   * @param domains all traffic to these names and those below them
   * @param exceptDevices what never takes it
   * @param exceptSubnets the same
   * @param exceptDomains the same
   * @param killSwitch whether it goes nowhere while the tunnel is down
   */
  record Use(
      String mode,
      List<String> devices,
      List<String> subnets,
      List<String> domains,
      List<String> exceptDevices,
      List<String> exceptSubnets,
      List<String> exceptDomains,
      Boolean killSwitch)
      implements RecordJson.Sparse {
    static Use of(RouterTunnel tunnel) {
      TunnelUse use = tunnel.use();
      return new Use(
          RecordJson.wordOf(use.mode()),
          use.devices(),
          use.subnets().stream().map(Object::toString).toList(),
          use.domains(),
          use.exceptDevices(),
          use.exceptSubnets().stream().map(Object::toString).toList(),
          use.exceptDomains(),
          tunnel.killSwitch());
    }

    /** The values of the document that say so, by their paths below the tunnel's. */
    private Map<String, String> values() {
      Map<String, String> values = new LinkedHashMap<>();
      values.put("use.mode", RouterEdit.quoted(Call.needed(mode, "mode")));
      values.put("use.devices", json(devices));
      values.put("use.subnets", json(subnets));
      values.put("use.domains", json(domains));
      values.put("use.exceptDevices", json(exceptDevices));
      values.put("use.exceptSubnets", json(exceptSubnets));
      values.put("use.exceptDomains", json(exceptDomains));
      values.put("killSwitch", Boolean.toString(!Boolean.FALSE.equals(killSwitch)));
      return values;
    }

    private static String json(List<String> texts) {
      return texts == null
          ? "[]"
          : texts.stream().map(RouterEdit::quoted).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/api/v1/tunnels", Whom.OWNER, this::list),
        new Route("POST", "/api/v1/tunnels", Whom.OWNER, this::take),
        new Route("PUT", "/api/v1/tunnels/{name}/use", Whom.OWNER, this::use),
        new Route("GET", "/api/v1/tunnels/{name}/conf", Whom.OWNER, this::file),
        new Route("DELETE", "/api/v1/tunnels/{name}", Whom.OWNER, this::remove));
  }

  List<Entry> entries() throws IOException {
    return edits.config().tunnels().stream().map(Entry::of).toList();
  }

  private Reply list(Call call) throws IOException {
    return Reply.json(new Listed(entries()), call.language());
  }

  private Reply take(Call call) throws IOException, ConfigException {
    Import given = call.body(Import.class);
    TunnelName name = new TunnelName(Call.needed(given.name(), "name"));
    TunnelConfig file = WgQuickFile.parse(name + ".conf", Call.needed(given.conf(), "conf"));
    return ChangeApi.changed(operations.importTunnel(name, file, call.author()), call);
  }

  private static RouterTunnel tunnel(RouterConfig config, Call call) {
    TunnelName name = new TunnelName(call.variable("name"));
    RouterTunnel tunnel = config.tunnel(name);
    if (tunnel == null) {
      throw new Refused("web.no-tunnel", name);
    }
    return tunnel;
  }

  /** Without the private key and the preshared ones, which never leave the box. */
  private Reply file(Call call) throws IOException {
    RouterTunnel tunnel = tunnel(edits.config(), call);
    TunnelConfig whole = tunnel.toWgQuick();
    InterfaceConfig own = whole.own();
    String text =
        WgQuickFile.write(
            new TunnelConfig(
                new InterfaceConfig(
                    null,
                    own.listenPort(),
                    own.fwMark(),
                    own.addresses(),
                    own.dnsServers(),
                    own.searchDomains(),
                    own.mtuBytes(),
                    own.table(),
                    own.hooks(),
                    own.saveConfig()),
                whole.peers().stream().map(TunnelApi::withoutSecret).toList()));
    return Reply.file(tunnel.name() + ".conf", "text/plain; charset=utf-8", text.getBytes(UTF_8));
  }

  private static PeerConfig withoutSecret(PeerConfig peer) {
    return new PeerConfig(
        peer.publicKey(),
        PresharedKey.NONE,
        peer.allowedIps(),
        peer.endpoint(),
        peer.persistentKeepaliveSeconds());
  }

  private Reply use(Call call) throws IOException, ConfigException {
    Use wanted = call.body(Use.class);
    return edits.make(
        call,
        config -> {
          int index = config.tunnels().indexOf(tunnel(config, call));
          Map<String, String> values = new LinkedHashMap<>();
          wanted
              .values()
              .forEach((path, json) -> values.put("tunnels[" + index + "]." + path, json));
          return RouterEdit.setAll(config, values);
        });
  }

  private Reply remove(Call call) throws IOException, ConfigException {
    return edits.make(
        call,
        config -> {
          RouterTunnel gone = tunnel(config, call);
          return config
              .withTunnels(config.tunnels().stream().filter(each -> !each.equals(gone)).toList())
              .withoutUsesOf(gone.name());
        });
  }
}
