package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.noren.street.Host;
import dev.noren.street.JoinedShops;
import dev.noren.street.Keys;
import dev.noren.street.Maker;
import dev.noren.street.ShopStreet;
import dev.noren.street.Wait;
import dev.noren.street.WgEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All ways of use in one document of a shop, in which everything goes out through another Noren,
 * and who is at their other ends, with stock wireguard-go: a shop and a cloud at the web server's,
 * and three devices abroad.
 */
final class FiveForms implements AutoCloseable {
  private final JoinedShops shops;
  private final Map<String, Keys> own = new TreeMap<>();
  private final List<WgEnd> ends = new ArrayList<>();
  private final WgEnd osaka;
  private final WgEnd cloud;
  private final WgEnd phone;
  private final WgEnd desk;
  private final WgEnd staff;

  /** Starts the other ends, which know nobody yet. */
  FiveForms(JoinedShops shops) {
    this.shops = shops;
    try {
      Host web = shops.street().web();
      web.ip("addr replace 10.70.0.1/32 dev lo", "addr replace 10.71.0.1/32 dev lo");
      osaka = end(web, 51_821, "10.6.0.1/24");
      cloud = end(web, 51_822, "10.5.0.1/24");
      Host abroad = shops.street().phone();
      phone = end(abroad, 51_823, "10.8.0.2/32");
      desk = end(abroad, 51_824, "10.7.0.2/32");
      staff = end(abroad, 51_825, "10.9.0.9/32");
      for (String kind : List.of("site", "remote", "cloud", "vdi")) {
        own.put(kind, Keys.generate());
      }
    } catch (Error | RuntimeException e) {
      close();
      throw e;
    }
  }

  private WgEnd end(Host host, int port, String address) {
    WgEnd end = new WgEnd(host, Maker.GO, port);
    ends.add(end);
    end.start();
    end.identify();
    end.up(1420, address);
    return end;
  }

  /** The other shop's end, whose network is 10.71.0.0/24. */
  WgEnd osaka() {
    return osaka;
  }

  /** The cloud's gateway, behind which is 10.70.0.0/24. */
  WgEnd cloud() {
    return cloud;
  }

  /** A device with everything, which a rule lets to the computer's port 80. */
  WgEnd phone() {
    return phone;
  }

  /** A device of a virtual desktop, the computer's port 8080. */
  WgEnd desk() {
    return desk;
  }

  /** The bundle's device, which a rule lets to the far shop's web server. */
  WgEnd staff() {
    return staff;
  }

  /** The near shop's document. */
  String document() {
    String rules =
        """
        "access": {"rules": [
          {"name": "pc", "from": ["device:phone"], "to": ["%s"], "services": ["tcp/80"]},
          {"name": "hq", "from": ["device:staff"], "to": ["%s"], "services": ["tcp/80"]}]},
        "dns": {"upstream": ["10.9.0.1"]},\
        """
            .formatted(JoinedShops.PC, ShopStreet.HQ_4);
    return shops.document(JoinedShops.LAN, rules, forms());
  }

  private String forms() {
    List<String> forms = new ArrayList<>();
    forms.add(
        shops.form(
            "router",
            "\"extent\": \"full\", \"shop\": "
                + shops.hq("")
                + ","
                + device("staff", staff, "10.9.0.9")));
    forms.add(
        """
        {"kind": "site", %s, "addresses": ["10.6.0.2/24"], "listenPort": 51831, "shops": [
          {"name": "Osaka", "publicKey": "%s", "endpoint": "%s:51821", "keepaliveSeconds": 5,
           "address": "10.6.0.1", "subnets": ["10.71.0.0/24"]}]}\
        """
            .formatted(named("site"), osaka.publicKey(), ShopStreet.WEB_4));
    forms.add(
        """
        {"kind": "remote", %s, "addresses": ["10.8.0.1/24"], "listenPort": 51832,
         "extent": "full", %s}\
        """
            .formatted(named("remote"), device("phone", phone, "10.8.0.2")));
    forms.add(
        """
        {"kind": "cloud", %s, "addresses": ["10.5.0.2/32"], "peers": [
          {"publicKey": "%s", "endpoint": "%s:51822", "allowedIps": ["10.70.0.0/24"],
           "keepaliveSeconds": 5}], "use": {"mode": "split", "subnets": ["10.70.0.0/24"]}}\
        """
            .formatted(named("cloud"), cloud.publicKey(), ShopStreet.WEB_4));
    forms.add(
        """
        {"kind": "vdi", %s, "addresses": ["10.7.0.1/24"], "listenPort": 51833,
         "desks": [{"name": "office", "host": "%s", "services": ["tcp/8080"]}], %s}\
        """
            .formatted(named("vdi"), JoinedShops.PC, device("desk", desk, "10.7.0.2")));
    return String.join(", ", forms);
  }

  private String named(String kind) {
    return "\"name\": \"%s\", \"privateKey\": \"%s\""
        .formatted(shops.interfaceName(), own.get(kind).privateKey());
  }

  private static String device(String device, WgEnd end, String address) {
    return "\"devices\": [{\"name\": \"%s\", \"publicKey\": \"%s\", \"addresses\": [\"%s\"]}]"
        .formatted(device, end.publicKey(), address);
  }

  /**
   * What the tunnels of this document need on the line, a filter of pcap(7): their datagrams, and
   * the router's questions to the one host that it calls besides the far shop's.
   */
  String calls() {
    return "(udp portrange 51821-51833 and (host %s or host %s)) or %s"
        .formatted(ShopStreet.WEB_4, ShopStreet.MOBILE_4, LeakWatch.question(ShopStreet.WEB_4));
  }

  /** Has each other end know the near shop, and the devices call. */
  void meet() {
    osaka.set("peer", own.get("site").publicKey(), "allowed-ips", "10.6.0.2/32,10.77.0.0/24");
    leadsToTheShop(osaka);
    cloud.set("peer", own.get("cloud").publicKey(), "allowed-ips", "10.5.0.2/32");
    calls(phone, own.get("remote").publicKey(), 51_832);
    calls(desk, own.get("vdi").publicKey(), 51_833);
    calls(staff, shops.publicKey(), JoinedShops.listenPort());
  }

  /** What is sent from an end's host to the shop's network takes this end. */
  void leadsToTheShop(WgEnd end) {
    end.host().ip("route replace 10.77.0.0/24 dev " + end.name());
  }

  /** A device calls in at the line's address, and can send all of it into the tunnel. */
  private void calls(WgEnd end, String key, int port) {
    String all = shops.street().noren().must("ip", "-4", "-o", "addr", "show", "dev", "eth0");
    String line = all.replaceAll("(?s).* inet ([0-9.]+)/.*", "$1");
    end.set("peer", key, "endpoint", line + ":" + port, "allowed-ips", "0.0.0.0/0");
    end.host().ip("route append default dev " + end.name() + " metric " + port);
  }

  /** Waits until a web server answers what comes out of a device's tunnel. */
  static void reaches(WgEnd end, String server) {
    Wait.until(
        end.name() + " reaches " + server,
        () -> JoinedShops.gets(end.host(), server, "--interface", end.name()));
  }

  /** No web server there answers it. */
  static void reachesNot(WgEnd end, String server) {
    assertFalse(JoinedShops.gets(end.host(), server, "--interface", end.name()), server);
  }

  @Override
  public void close() {
    ends.forEach(WgEnd::close);
  }
}
