package dev.noren.router;

import dev.noren.config.Form;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.config.Shop;
import dev.noren.forms.FarEndText;
import dev.noren.street.Host;
import dev.noren.street.Keys;
import dev.noren.street.Machine;
import dev.noren.street.Maker;
import dev.noren.street.NorenRouter;
import dev.noren.street.ShopStreet;
import dev.noren.street.Wait;
import dev.noren.street.WgEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/**
 * What tests have at hand whose shop has stock wireguard-go at its far ends: those, the shop's
 * documents, and how the far ends are told of it by what {@code noren form peer} prints.
 */
abstract class StockFarShops {
  static final int LISTEN_PORT = 51830;
  static final String ROUTER = "\"role\": \"router\", \"lan\": {\"address\": \"10.77.0.1/24\"},";

  final Keys keys = Keys.generate();
  final String name = Machine.interfaceName();
  private final List<WgEnd> ends = new ArrayList<>();
  ShopStreet street;
  NorenRouter router;

  void open(ShopStreet opened) {
    street = opened;
    router = new NorenRouter(street.noren());
  }

  @AfterEach
  void close() {
    router.close();
    ends.forEach(WgEnd::close);
    street.close();
    Machine.removeSocket(name);
  }

  /** A far end that is up and knows nobody. */
  WgEnd end(Host host, String address) {
    WgEnd end = new WgEnd(host, Maker.GO);
    ends.add(end);
    end.start();
    end.identify();
    end.up(1420, address);
    return end;
  }

  static String shop(String shop, WgEnd end, String endpoint, String more) {
    return """
    {"name": "%s", "publicKey": "%s", "endpoint": "%s:%d", "keepaliveSeconds": 5, %s}\
    """
        .formatted(shop, end.publicKey(), endpoint, WgEnd.PORT, more);
  }

  String document(String more, String formMore, String shops) {
    return """
    {"schema": 1, %s "forms": [{"kind": "site", "name": "%s", "privateKey": "%s",
      "addresses": ["10.9.0.2/24"], "listenPort": %d, %s "shops": [%s]}]}
    """
        .formatted(more, name, keys.privateKey(), LISTEN_PORT, formMore, shops);
  }

  /** Starts it, its far ends being told of it. */
  void run(String document) throws Exception {
    tell(document);
    router.configure(document);
    router.start();
    router.awaitHandshake();
  }

  /** Has each far end do what the form says of it. */
  void tell(String document) throws Exception {
    RouterConfig config = RouterJson.read("test", document);
    Form form = config.forms().getFirst();
    for (Shop shop : form.shops()) {
      WgEnd end =
          ends.stream()
              .filter(each -> each.publicKey().equals(shop.publicKey().toString()))
              .findFirst()
              .orElseThrow();
      FarEndText text = FarEndText.of(form, shop, config.lan().address());
      end.host().must(text.command(end.name()).strip().split(" ", -1));
      text.allowed().stream()
          .filter(each -> each.prefixLength() < 32)
          .forEach(each -> end.host().ip("route replace " + each + " dev " + end.name()));
    }
  }

  String pc() {
    return street
        .pc()
        .must("sh", "-c", "ip -4 -o addr show dev eth0 | sed 's|.* inet \\([0-9.]*\\)/.*|\\1|'")
        .strip();
  }

  static String last(String address) {
    return address.substring(address.lastIndexOf('.') + 1);
  }

  void serve(Host host) {
    var server =
        host.start(
            Map.of(),
            List.of(
                "busybox",
                "httpd",
                "-f",
                "-p",
                "80",
                "-h",
                street.folder().path().resolve("www").toString()));
    host.awaitListening(server, 80);
  }

  void awaitWho(Host from, String server, String seen) {
    Wait.until(
        "to " + server + " as " + seen,
        Wait.LONG,
        () -> street.who(from, server).out().strip().equals(seen),
        () -> street.who(from, server) + router.status());
  }

  /** A device abroad calls in at the line's address, and sends what it is asked for there. */
  void calls(WgEnd device) {
    String all = street.noren().must("ip", "-4", "-o", "addr", "show", "dev", "eth0");
    String line = all.replaceAll("(?s).* inet ([0-9.]+)/.*", "$1");
    String allowed = String.join(",", "10.0.0.0/8", ShopStreet.WEB_4);
    device.set(
        "peer", keys.publicKey(), "endpoint", line + ":" + LISTEN_PORT, "allowed-ips", allowed);
    for (String to : allowed.split(",", -1)) {
      device.host().ip("route replace " + to + " dev " + device.name());
    }
  }
}
