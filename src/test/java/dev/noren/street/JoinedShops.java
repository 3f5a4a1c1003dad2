package dev.noren.street;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A street of two shops, each with a Noren as its router, and the documents that join them: the
 * near one, ginza, calls the far one, hq.
 */
public final class JoinedShops implements AutoCloseable {
  /** The near shop's own address in its network, and its computer's there. */
  public static final String LAN = "10.77.0.1/24";

  public static final String PC = "10.77.0.20";

  /** The near shop's address in the tunnel. */
  public static final String OWN_4 = "10.9.0.2";

  private static final int LISTEN_PORT = 51_830;

  private final Keys keys = Keys.generate();
  private final String preshared = Keys.preshared();
  private final List<String> names = new ArrayList<>();
  private final String name = interfaceName();
  private final ShopStreet street = ShopStreet.router();
  private final FarNoren far = new FarNoren(street);
  private final NorenRouter near = new NorenRouter(street.noren());

  /** Starts both, joined as two shops, and waits until they are. */
  public JoinedShops() {
    try {
      far.router().configure(farDocument(""));
      far.router().start();
      near.configure(document(site("")));
      near.start();
      near.awaitHandshake();
      street.askForAddress(street.pc());
      serve(street.pc(), "80");
    } catch (Error | RuntimeException e) {
      close();
      throw e;
    }
  }

  public ShopStreet street() {
    return street;
  }

  /** The far shop's router. */
  public NorenRouter far() {
    return far.router();
  }

  /** The near shop's router. */
  public NorenRouter near() {
    return near;
  }

  /** The key by which a device of the near form knows it. */
  public String publicKey() {
    return keys.publicKey();
  }

  /** The port at which such a device calls. */
  public static int listenPort() {
    return LISTEN_PORT;
  }

  /** Has both follow other documents, and the near shop's computer ask for its address. */
  public void become(String farDocument, String nearDocument) {
    become(far.router(), farDocument);
    become(near, nearDocument);
    street.askForAddress(street.pc());
  }

  /** What cuts nobody off, or is so already, waits for no confirmation. */
  private static void become(NorenRouter router, String document) {
    router.configure(document);
    router.noren("config", "confirm");
  }

  /** A name for another interface of either router's. */
  public String interfaceName() {
    String other = Machine.interfaceName();
    names.add(other);
    return other;
  }

  /**
   * The far shop's document, in which the near one is a shop.
   *
   * @param more fields of that, each with a comma before it
   */
  public String farDocument(String more) {
    return far.document("", ginza("\"10.77.0.0/24\"", more));
  }

  /**
   * The same with other networks.
   *
   * @param formMore fields of the form, each with a comma behind it
   */
  public String farDocument(String formMore, String nearSubnet, String more) {
    return far.document(formMore, ginza("\"" + nearSubnet + "\"", more));
  }

  /** The far shop's document with no other shop in it. */
  public String farDocumentAlone() {
    return far.document("", "");
  }

  private String ginza(String subnet, String more) {
    return """
    {"name": "ginza", "publicKey": "%s", "presharedKey": "%s", "address": "%s", "subnets": [%s]%s}\
    """
        .formatted(keys.publicKey(), preshared, OWN_4, subnet, more);
  }

  /** The near shop's document with these forms. */
  public String document(String forms) {
    return document(LAN, "", forms);
  }

  /**
   * The near shop's document.
   *
   * @param lan its own address in its network, in which its computer is number 20
   * @param more fields, each with a comma behind it
   */
  public String document(String lan, String more, String forms) {
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

  /** The near shop's form that joins the two as shops. */
  public String site(String more) {
    return form("site", "\"shops\": [" + hq(more) + "]");
  }

  /** The near shop's form of some kind. */
  public String form(String kind, String more) {
    return """
    {"kind": "%s", "name": "%s", "privateKey": "%s", "listenPort": %d,
     "addresses": ["%s/24"], %s}\
    """
        .formatted(kind, name, keys.privateKey(), LISTEN_PORT, OWN_4, more);
  }

  /**
   * The far shop in the near document.
   *
   * @param more fields, each with a comma before it
   */
  public String hq(String more) {
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

  /** A host has the street's pages. */
  public void serve(Host host, String port) {
    String www = street.folder().path().resolve("www").toString();
    Running server = host.start(Map.of(), List.of("busybox", "httpd", "-f", "-p", port, "-h", www));
    host.awaitListening(server, Integer.parseInt(port));
  }

  /** Waits until a web server sees a host as this address. */
  public void awaitWho(Host from, String server, String seen) {
    Wait.until(
        "to " + server + " as " + seen,
        Wait.LONG,
        () -> street.who(from, server).out().strip().equals(seen),
        () -> street.who(from, server) + near.status() + far.router().status());
  }

  /** Whether a web server answers. */
  public static boolean gets(Host from, String url, String... more) {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "3"));
    command.addAll(List.of(more));
    command.add("http://" + url + "/cgi-bin/who");
    return from.run(command.toArray(String[]::new)).ok();
  }

  /** All of something big comes through. */
  public static void loads(Host from, String server) {
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

  @Override
  public void close() {
    near.close();
    far.close();
    street.close();
    names.forEach(Machine::removeSocket);
  }
}
