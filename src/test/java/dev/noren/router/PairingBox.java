package dev.noren.router;

import dev.noren.config.ConfigException;
import dev.noren.config.ConfigStore;
import dev.noren.config.CutDisk;
import dev.noren.config.Form;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterConfig.Role;
import dev.noren.config.RouterJson;
import dev.noren.config.Shop;
import dev.noren.config.SiteForm;
import dev.noren.config.StoredConfig;
import dev.noren.config.TunnelName;
import dev.noren.config.WanConfig;
import dev.noren.control.PairingDesk.Pair;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.pairing.PairingCall;
import dev.noren.plan.Layout;
import dev.noren.plan.RouterFacts.Lease;
import dev.noren.state.GreatestTime;
import dev.noren.state.ReservedTime;
import dev.noren.tunnel.TunnelSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One end of a pairing without sockets: a document in memory, and a world that is made up. */
final class PairingBox {
  static final Instant NOW = Instant.parse("2026-10-05T08:00:00Z");
  static final TunnelName FORM = new TunnelName("shops");

  final Map<String, TunnelSnapshot> tunnels = new HashMap<>();
  final PairingAnswers answers;
  final PairingCalls calls;
  final Pairings desk;
  final LiveConfig live;
  Instant now = NOW;
  long nowNs;
  IpAddress line = IpAddress.parse("203.0.113.7");
  IOException refusal;

  /**
   * @param net the shop's network
   * @param folder an empty one, for the greatest time
   */
  PairingBox(String name, String net, Path folder) throws IOException, ConfigException {
    CutDisk disk = new CutDisk();
    disk.store()
        .save(RouterJson.read("x", document(name)), ConfigStore.ANY, "test", "all", Instant.EPOCH);
    ConfigStore store = disk.store();
    live =
        new LiveConfig(
            store,
            store.load().current(),
            ReservedTime.in(Path.of("/nowhere")),
            () -> now,
            () -> nowNs,
            new LiveConfig.Follower() {
              @Override
              public void follow(StoredConfig config) throws IOException {
                if (refusal != null) {
                  throw refusal;
                }
              }

              @Override
              public void settled() {}

              @Override
              public void happened(String who, String what) {}
            });
    PairingSteps steps =
        new PairingSteps(
            live,
            () -> layout(Cidr.parse(net)),
            () -> tunnels,
            new GreatestTime(folder, () -> now),
            new SecureRandom());
    answers = new PairingAnswers(steps);
    calls = new PairingCalls(steps);
    desk = new Pairings(steps, answers, calls, () -> now);
    tunnels.put(FORM.text(), new TunnelSnapshot(null, 0, 0, List.of()));
  }

  private static String document(String name) {
    String form =
        name.equals("ueno")
            ? """
            {"kind": "site", "name": "shops", "privateKey": "%s", "listenPort": 51820,
             "addresses": ["10.99.0.1/24"]}\
            """
                .formatted(PrivateKey.generate(new SecureRandom()).toBase64())
            : "";
    return "{\"schema\": 1, \"name\": \"%s\", \"forms\": [%s]}".formatted(name, form);
  }

  private Layout layout(Cidr lan) {
    Lease lease = new Lease(new Cidr(line, 24), null, List.of(), null, 0, null);
    WanConfig wan = new WanConfig("eth0", new WanConfig.Dhcp(), WanConfig.Ipv6.AUTO);
    return new Layout(
        Role.ROUTER,
        true,
        List.of(new Layout.Line(0, wan, "nowhere0", "nowhere0", lease, true)),
        new Layout.Lan("lan", List.of("eth1"), lan, null, null, null),
        List.of());
  }

  /** Makes it a hub of two shops. */
  void hub() throws IOException, ConfigException {
    SiteForm site = (SiteForm) form();
    change(
        new SiteForm(
            site.name(), site.gateway(), null, true, List.of(shop("Osaka", 1), shop("Nara", 2))));
  }

  private static Shop shop(String name, int number) {
    return new Shop(
        name,
        PrivateKey.generate(new SecureRandom()).publicKey(),
        PresharedKey.NONE,
        IpAddress.parse("10.99.0." + (10 + number)),
        null,
        List.of(Cidr.parse("10.5" + number + ".0.0/24")),
        List.of(),
        0);
  }

  /** Devices had addresses up to this number once. */
  void gaveAwayUpTo(int number) throws IOException, ConfigException {
    change(form().withGateway(form().gateway().withAllotted(number)));
  }

  private void change(Form form) throws IOException, ConfigException {
    live.settle(config().withForms(List.of(form)), "changed", "test");
  }

  RouterConfig config() {
    return live.inForce().config();
  }

  Form form() {
    return config().form(FORM);
  }

  Pair pair() throws IOException {
    return desk.pairings().getFirst();
  }

  /** What it says next, or null. */
  String next() throws IOException, ConfigException {
    PairingCall call = calls.next((SiteForm) form());
    return call == null ? null : call.line();
  }

  /** One line to an inviter and its answer. */
  String say(PairingBox inviter) throws IOException, ConfigException {
    String line = next();
    if (line == null) {
      line = next();
    }
    String answer = inviter.answers.answer(FORM, line);
    calls.answered(FORM, answer);
    return answer;
  }
}
