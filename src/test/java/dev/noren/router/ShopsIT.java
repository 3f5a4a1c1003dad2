package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.noren.street.FarNoren;
import dev.noren.street.Host;
import dev.noren.street.Keys;
import dev.noren.street.Machine;
import dev.noren.street.Maker;
import dev.noren.street.NorenRouter;
import dev.noren.street.Ping;
import dev.noren.street.Running;
import dev.noren.street.ShopStreet;
import dev.noren.street.Wait;
import dev.noren.street.WgEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two shops, each with a Noren as its router, that are joined by forms. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopsIT {
  private static final String LAN = "10.77.0.1/24";
  private static final String OWN_4 = "10.9.0.2";
  private static final String PC = "10.77.0.20";
  private static final String REFUSED = "shops_refused_";
  private static final String PRIVATE = "shops_private_";

  private final Keys keys = Keys.generate();
  private final String preshared = Keys.preshared();
  private final String name = Machine.interfaceName();
  private final List<WgEnd> ends = new ArrayList<>();
  private final List<String> names = new ArrayList<>(List.of(name));
  private ShopStreet street;
  private FarNoren far;
  private NorenRouter router;

  @BeforeAll
  void build() {
    street = ShopStreet.router();
    far = new FarNoren(street);
    router = new NorenRouter(street.noren());
    far.router().configure(far.document("", ginza("\"10.77.0.0/24\"", "")));
    far.router().start();
    router.configure(document(LAN, "", form("site", hqs(""))));
    router.start();
    router.awaitHandshake();
    street.askForAddress(street.pc());
    serve(street.pc(), "80");
  }

  @AfterEach
  void removeEnds() {
    ends.forEach(WgEnd::close);
    ends.clear();
  }

  @AfterAll
  void remove() {
    router.close();
    far.close();
    street.close();
    names.forEach(Machine::removeSocket);
  }

  private String document(String lan, String more, String forms) {
    return """
    {"schema": 1, "name": "ginza", "role": "router",
     "lan": {"address": "%s", "reservations": [{"name": "pc", "mac": "%s", "address": "%s20"}]},
     %s "forms": [%s]}
    """
        .formatted(
            lan,
            street.pc().must("cat", "/sys/class/net/eth0/address").strip(),
            lan.substring(0, lan.lastIndexOf('.') + 1),
            more,
            forms);
  }

  /** The near end's form, by which it calls the far one. */
  private String form(String kind, String more) {
    return """
    {"kind": "%s", "name": "%s", "privateKey": "%s", "listenPort": 51830,
     "addresses": ["%s/24"], %s}\
    """
        .formatted(kind, name, keys.privateKey(), OWN_4, more);
  }

  private String hqs(String more) {
    return "\"shops\": [" + hq(more) + "]";
  }

  /** The far shop in the near document. */
  private String hq(String more) {
    return """
    {"name": "hq", "publicKey": "%s", "presharedKey": "%s", "address": "%s",
     "endpoint": "%s:%d", "keepaliveSeconds": 5, "subnets": ["10.50.0.0/24"],
     "domain": "hq.example", "dns": "%s"%s}\
    """
        .formatted(
            far.publicKey(),
            preshared,
            FarNoren.OWN_4,
            ShopStreet.FAR_4,
            WgEnd.PORT,
            ShopStreet.HQ_DNS_4,
            more);
  }

  /** The near shop in the far document. */
  private String ginza(String subnet, String more) {
    return """
    {"name": "ginza", "publicKey": "%s", "presharedKey": "%s", "address": "%s", "subnets": [%s]%s}\
    """
        .formatted(keys.publicKey(), preshared, OWN_4, subnet, more);
  }

  private void serve(Host host, String port) {
    String www = street.folder().path().resolve("www").toString();
    Running server = host.start(Map.of(), List.of("busybox", "httpd", "-f", "-p", port, "-h", www));
    host.awaitListening(server, Integer.parseInt(port));
  }

  private void awaitWho(Host from, String server, String seen) {
    Wait.until(
        "to " + server + " as " + seen,
        Wait.LONG,
        () -> street.who(from, server).out().strip().equals(seen),
        () -> street.who(from, server) + router.status() + far.router().status());
  }

  private static boolean gets(Host from, String url, String... more) {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "3"));
    command.addAll(List.of(more));
    command.add("http://" + url + "/cgi-bin/who");
    return from.run(command.toArray(String[]::new)).ok();
  }

  /** All of something big comes through. */
  private static void loads(Host from, String server) {
    String size =
        from.must(
            "curl",
            "-sS",
            "--max-time",
            "40",
            "-o",
            "/dev/null",
            "-w",
            "%{size_download}",
            "http://" + server + "/big");
    assertEquals(ShopStreet.BIG_BYTES, Integer.parseInt(size.strip()));
  }

  @Test
  void twoNorensReachEachOtherByAddressAndByName() {
    far.router().changeTo(far.document("", ginza("\"10.77.0.0/24\"", "")));
    router.changeTo(document(LAN, "", form("site", hqs(""))));
    street.askForAddress(street.pc());
    awaitWho(street.pc(), ShopStreet.HQ_4, PC);
    awaitWho(street.pc(), "hq.example", PC);
    awaitWho(street.hq(), PC, ShopStreet.HQ_4);
    awaitWho(street.pc(), ShopStreet.WEB_4, ShopStreet.SHOP_4);
    loads(street.pc(), "hq.example");
    loads(street.hq(), PC);
    // The other Noren itself.
    Ping.answers(street.hq(), "10.77.0.1");
    // But not what it offers in its own shop, nor anybody with an address of another network.
    assertFalse(gets(street.hq(), "10.77.0.1:443"));
    street.hq().ip("addr add 10.51.0.10/24 dev lan");
    assertFalse(Ping.once(street.hq(), "-I", "10.51.0.10", PC));
    street.pc().ip("addr add 10.78.0.20/24 dev eth0");
    assertFalse(Ping.once(street.pc(), "-I", "10.78.0.20", ShopStreet.HQ_4));
    street.hq().ip("addr del 10.51.0.10/24 dev lan");
    street.pc().ip("addr del 10.78.0.20/24 dev eth0");
  }

  @Test
  void aShopIsTheWayOutForAllThatAnotherSends() {
    far.router().changeTo(far.document("", ginza("\"10.77.0.0/24\"", ", \"internet\": true")));
    String bundle = form("router", "\"extent\": \"full\", \"shop\": " + hq(""));
    router.changeTo(document(LAN, "\"dns\": {\"upstream\": [\"10.9.0.1\"]},", bundle));
    street.askForAddress(street.pc());
    awaitWho(street.pc(), ShopStreet.WEB_4, ShopStreet.FAR_4);
    try (LeakWatch line = new LeakWatch(street)) {
      awaitWho(street.pc(), "shop.example", ShopStreet.FAR_4);
      awaitWho(street.pc(), ShopStreet.HQ_4, PC);
      awaitWho(street.hq(), PC, ShopStreet.HQ_4);
      loads(street.pc(), ShopStreet.WEB_4);
      assertFalse(gets(street.pc(), "[" + ShopStreet.WEB_6 + "]"), "no IPv6 past the tunnel");
      // The box's own goes the same way.
      Ping.answers(street.noren(), ShopStreet.WEB_4);
      onlyTheInternet();
      long before = far.router().counted(REFUSED);
      far.router().changeTo(far.document("", ginza("\"10.77.0.0/24\"", "")));
      assertFalse(gets(street.pc(), ShopStreet.WEB_4), "the far shop lets it out no longer");
      far.router().awaitCounted(REFUSED, before);
      awaitWho(street.pc(), ShopStreet.HQ_4, PC);
      far.router().stop();
      assertFalse(gets(street.pc(), ShopStreet.WEB_4), "nor is there another way");
      assertEquals(List.of(), line.leaks());
    }
    far.router().start();
    far.router().awaitStatus("the far shop is back", "\"healthy\": ?true");
  }

  /** A network before the far shop's router is reached by that shop, and by none that is in it. */
  private void onlyTheInternet() {
    street.buildPrivateNetwork();
    awaitWho(street.hq(), ShopStreet.PRIVATE_4, ShopStreet.FAR_4);
    long before = far.router().counted(PRIVATE);
    assertFalse(gets(street.pc(), ShopStreet.PRIVATE_4));
    far.router().awaitCounted(PRIVATE, before);
    awaitWho(street.pc(), ShopStreet.WEB_4, ShopStreet.FAR_4);
  }

  /** All ways of use in one document, with everything going out through the other Noren. */
  @Test
  void allFiveFormsTogether() {
    far.router().changeTo(far.document("", ginza("\"10.77.0.0/24\"", ", \"internet\": true")));
    street.web().ip("addr replace 10.70.0.1/32 dev lo", "addr replace 10.71.0.1/32 dev lo");
    WgEnd osaka = end(street.web(), 51_821, "10.6.0.1/24");
    WgEnd cloud = end(street.web(), 51_822, "10.5.0.1/24");
    WgEnd phone = end(street.phone(), 51_823, "10.8.0.2/32");
    WgEnd desk = end(street.phone(), 51_824, "10.7.0.2/32");
    WgEnd staff = end(street.phone(), 51_825, "10.9.0.9/32");
    Map<String, Keys> own = new TreeMap<>();
    List<String> forms = new ArrayList<>();
    forms.add(
        form(
            "router",
            "\"extent\": \"full\", \"shop\": "
                + hq("")
                + ","
                + device("staff", staff, "10.9.0.9")));
    for (String kind : List.of("site", "remote", "cloud", "vdi")) {
      own.put(kind, Keys.generate());
    }
    forms.add(
        """
        {"kind": "site", %s, "addresses": ["10.6.0.2/24"], "listenPort": 51831, "shops": [
          {"name": "Osaka", "publicKey": "%s", "endpoint": "%s:51821", "keepaliveSeconds": 5,
           "address": "10.6.0.1", "subnets": ["10.71.0.0/24"]}]}\
        """
            .formatted(named(own, "site"), osaka.publicKey(), ShopStreet.WEB_4));
    forms.add(
        """
        {"kind": "remote", %s, "addresses": ["10.8.0.1/24"], "listenPort": 51832,
         "extent": "full", %s}\
        """
            .formatted(named(own, "remote"), device("phone", phone, "10.8.0.2")));
    forms.add(
        """
        {"kind": "cloud", %s, "addresses": ["10.5.0.2/32"], "peers": [
          {"publicKey": "%s", "endpoint": "%s:51822", "allowedIps": ["10.70.0.0/24"],
           "keepaliveSeconds": 5}], "use": {"mode": "split", "subnets": ["10.70.0.0/24"]}}\
        """
            .formatted(named(own, "cloud"), cloud.publicKey(), ShopStreet.WEB_4));
    forms.add(
        """
        {"kind": "vdi", %s, "addresses": ["10.7.0.1/24"], "listenPort": 51833,
         "desks": [{"name": "office", "host": "%s", "services": ["tcp/8080"]}], %s}\
        """
            .formatted(named(own, "vdi"), PC, device("desk", desk, "10.7.0.2")));
    String rules =
        """
        "access": {"rules": [
          {"name": "pc", "from": ["device:phone"], "to": ["%s"], "services": ["tcp/80"]},
          {"name": "hq", "from": ["device:staff"], "to": ["%s"], "services": ["tcp/80"]}]},
        "dns": {"upstream": ["10.9.0.1"]},\
        """
            .formatted(PC, ShopStreet.HQ_4);
    router.changeTo(document(LAN, rules, String.join(", ", forms)));
    street.askForAddress(street.pc());
    serve(street.pc(), "8080");
    knows(osaka, own.get("site").publicKey(), "10.6.0.2/32,10.77.0.0/24");
    knows(cloud, own.get("cloud").publicKey(), "10.5.0.2/32");
    calls(phone, own.get("remote").publicKey(), 51_832, "0.0.0.0/0");
    calls(desk, own.get("vdi").publicKey(), 51_833, "0.0.0.0/0");
    calls(staff, keys.publicKey(), 51_830, "0.0.0.0/0");
    // The shop: the internet and hq through the other Noren, the rest each by its own tunnel.
    awaitWho(street.pc(), ShopStreet.WEB_4, ShopStreet.FAR_4);
    awaitWho(street.pc(), ShopStreet.HQ_4, PC);
    awaitWho(street.pc(), "10.71.0.1", PC);
    awaitWho(street.pc(), "10.70.0.1", "10.5.0.2");
    try (LeakWatch line = new LeakWatch(street, "udp portrange 51821-51833")) {
      // From the far shops into this one, but not from the cloud's gateway.
      awaitWho(street.hq(), PC, ShopStreet.HQ_4);
      Wait.until("a ping is answered", () -> Ping.once(street.web(), "-I", "10.71.0.1", PC));
      street.web().ip("route replace 10.77.0.0/24 dev " + cloud.name());
      assertFalse(Ping.once(street.web(), "-I", "10.70.0.1", PC));
      street.web().ip("route replace 10.77.0.0/24 dev " + osaka.name());
      // A telephone: what a rule names, and the internet through both shops.
      via(phone, PC, true);
      via(phone, PC + ":8080", false);
      via(phone, ShopStreet.WEB_4, true);
      via(phone, ShopStreet.HQ_4, false);
      via(phone, "10.71.0.1", false);
      // Who comes to a desktop: that, and nothing else.
      via(desk, PC + ":8080", true);
      via(desk, PC, false);
      via(desk, ShopStreet.WEB_4, false);
      // The bundle's own device: the other shop's machine that a rule names.
      via(staff, ShopStreet.HQ_4, true);
      via(staff, PC, false);
      via(staff, "10.70.0.1", false);
      // No shop goes further than into this one.
      assertFalse(gets(street.hq(), "10.71.0.1"));
      assertFalse(Ping.once(street.web(), "-I", "10.71.0.1", ShopStreet.HQ_4));
      assertEquals(List.of(), line.leaks());
    }
    Wait.until(
        "nothing else is wrong than that IPv6 is blocked",
        Wait.LONG,
        () -> problems().matches("\"IPv6 of clients is blocked: [^\"]*\"\\s*"),
        this::problems);
  }

  private String problems() {
    Matcher problems =
        Pattern.compile("\"problems\": ?\\[\\s*([^\\]]*)\\]").matcher(router.status());
    return problems.find() ? problems.group(1) : "";
  }

  private String named(Map<String, Keys> own, String kind) {
    String interfaceName = Machine.interfaceName();
    names.add(interfaceName);
    return "\"name\": \"%s\", \"privateKey\": \"%s\""
        .formatted(interfaceName, own.get(kind).privateKey());
  }

  private static String device(String device, WgEnd end, String address) {
    return "\"devices\": [{\"name\": \"%s\", \"publicKey\": \"%s\", \"addresses\": [\"%s\"]}]"
        .formatted(device, end.publicKey(), address);
  }

  /** A stock end that is up and knows nobody. */
  private WgEnd end(Host host, int port, String address) {
    WgEnd end = new WgEnd(host, Maker.GO, port);
    ends.add(end);
    end.start();
    end.identify();
    end.up(1420, address);
    return end;
  }

  private static void knows(WgEnd end, String key, String allowed) {
    end.set("peer", key, "allowed-ips", allowed);
    if (allowed.contains("10.77.0.0/24")) {
      end.host().ip("route replace 10.77.0.0/24 dev " + end.name());
    }
  }

  /** A device calls in at the line's address, and can send all of it into the tunnel. */
  private void calls(WgEnd end, String key, int port, String allowed) {
    String all = street.noren().must("ip", "-4", "-o", "addr", "show", "dev", "eth0");
    String line = all.replaceAll("(?s).* inet ([0-9.]+)/.*", "$1");
    end.set("peer", key, "endpoint", line + ":" + port, "allowed-ips", allowed);
    end.host().ip("route append default dev " + end.name() + " metric " + port);
  }

  /** Whether a web server answers what comes out of a device's tunnel. */
  private static void via(WgEnd end, String server, boolean answers) {
    if (answers) {
      Wait.until(
          end.name() + " reaches " + server,
          () -> gets(end.host(), server, "--interface", end.name()));
    } else {
      assertFalse(gets(end.host(), server, "--interface", end.name()), server);
    }
  }
}
