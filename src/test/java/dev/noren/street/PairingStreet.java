package dev.noren.street;

import java.util.ArrayList;
import java.util.List;

/**
 * A street of three shops, each with a Noren as its router and a computer behind it, and an
 * internet between them whose lines can be had in several ways.
 */
public final class PairingStreet implements AutoCloseable {
  private final List<Host> hosts = new ArrayList<>();
  private final Host internet;
  private final Shop ueno;
  private final Shop ginza;
  private final Shop thief;
  private boolean closed;

  /** How a shop's line is over IPv4. */
  public enum Line {
    /** It has an address of the internet. */
    PUBLIC,

    /** The provider hides it behind an address of its own. */
    CGNAT
  }

  /** One shop. */
  public static final class Shop implements AutoCloseable {
    private final int number;
    private final String name;
    private final String form = Machine.interfaceName();
    private final Keys keys = Keys.generate();
    private final Host host;
    private final Host modem;
    private final Host pc;
    private final NorenRouter router;
    private String lan = "";

    private Shop(int number, String name, Host host, Host modem, Host pc) {
      this.number = number;
      this.name = name;
      this.host = host;
      this.modem = modem;
      this.pc = pc;
      this.router = new NorenRouter(host);
    }

    /** Its form's name, and the interface's. */
    public String form() {
      return form;
    }

    public Host host() {
      return host;
    }

    public Host pc() {
      return pc;
    }

    public NorenRouter router() {
      return router;
    }

    /** Its address on the internet's IPv6. */
    public String v6() {
      return "2001:db8:" + number + "::2";
    }

    /** Its address on the internet's IPv4, where its line is public. */
    public String v4() {
      return "203.0.113." + (16 * number + 2);
    }

    /** The computer's address. */
    public String pcAddress() {
      return lan + "10";
    }

    /**
     * Gives it a document, in which it has a form that may invite others.
     *
     * @param net the shop's network, its first three numbers, each with a dot behind it
     */
    public String document(Line line, String net, boolean invites) {
      lan = net;
      pc.ip(
          "addr flush dev eth0",
          "addr add " + pcAddress() + "/24 dev eth0",
          "route replace default via " + net + "1");
      String own = (line == Line.PUBLIC ? "203.0.113." + (16 * number) : "100.64." + number + ".");
      String at = line == Line.PUBLIC ? v4() + "/28" : own + "2/24";
      String gateway = line == Line.PUBLIC ? "203.0.113." + (16 * number + 1) : own + "1";
      String form =
          invites
              ? """
              {"kind": "site", "name": "%s", "privateKey": "%s", "listenPort": 51820,
               "addresses": ["10.99.0.1/24"], "shops": []}\
              """
                  .formatted(this.form, keys.privateKey())
              : "";
      return """
      {"schema": 1, "name": "%s", "role": "router",
       "ports": {"wan": ["eth0"], "lan": ["eth1"]},
       "wan": [{"port": "eth0", "method": "static", "address": "%s", "gateway": "%s", "dns": []}],
       "lan": {"address": "%s1/24", "dhcp": {"on": false}},
       "forms": [%s]}
      """
          .formatted(name, at, gateway, net, form);
    }

    /** Its line has IPv6, or not. */
    public void hasIpv6(boolean has) {
      host.run("ip", "-6", "addr", "flush", "dev", "eth0", "scope", "global");
      host.run("ip", "-6", "route", "del", "default");
      if (has) {
        host.ip(
            "addr add " + v6() + "/64 dev eth0 nodad",
            "route add ::/0 via 2001:db8:" + number + "::1 dev eth0");
      }
    }

    @Override
    public void close() {
      router.close();
      Machine.removeSocket(form);
    }
  }

  /** Builds it; nothing runs yet. */
  public PairingStreet() {
    synchronized (Machine.BUILDING) {
      Machine.prepare();
      String street = Machine.streetName();
      internet = host(street + "i");
      ueno = new Shop(1, "ueno", host(street + "u"), host(street + "um"), host(street + "v"));
      ginza = new Shop(2, "ginza", host(street + "g"), host(street + "gm"), host(street + "h"));
      thief = new Shop(3, "thief", host(street + "t"), host(street + "tm"), host(street + "s"));
      try {
        build();
        Machine.opened(this);
      } catch (Error | RuntimeException e) {
        close();
        throw e;
      }
    }
  }

  private Host host(String namespace) {
    Host host = new Host(namespace);
    hosts.add(host);
    return host;
  }

  private void build() {
    internet.must("sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
    for (Shop shop : List.of(ueno, ginza, thief)) {
      int number = shop.number;
      String transit6 = "2001:db8:ff0" + number + "::";
      shop.modem.must("sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
      internet.ip(
          "link add name line"
              + number
              + " type veth peer name out netns "
              + shop.modem.namespace(),
          "addr add 198.51.100." + (4 * number + 1) + "/30 dev line" + number,
          "addr add " + transit6 + "1/64 dev line" + number + " nodad",
          "link set dev line" + number + " up");
      shop.modem.ip(
          "addr add 198.51.100." + (4 * number + 2) + "/30 dev out",
          "addr add " + transit6 + "2/64 dev out nodad",
          "link set dev out up",
          "route add default via 198.51.100." + (4 * number + 1),
          "route add ::/0 via " + transit6 + "1 dev out",
          "link add name in type veth peer name eth0 netns " + shop.host.namespace(),
          "addr add 203.0.113." + (16 * number + 1) + "/28 dev in",
          "addr add 100.64." + number + ".1/24 dev in",
          "addr add 2001:db8:" + number + "::1/64 dev in nodad",
          "link set dev in up");
      internet.ip(
          "route add 203.0.113." + 16 * number + "/28 via 198.51.100." + (4 * number + 2),
          "route add 2001:db8:" + number + "::/64 via " + transit6 + "2 dev line" + number);
      shop.host.ip(
          "link add name eth1 type veth peer name eth0 netns " + shop.pc.namespace(),
          "link set dev eth0 up",
          "link set dev eth1 up");
      shop.pc.ip("link set dev eth0 up");
    }
    filtersIpv6(false);
  }

  /** Whether each line lets in over IPv6 only what answers, as many providers' routers do. */
  public void filtersIpv6(boolean filters) {
    for (Shop shop : List.of(ueno, ginza, thief)) {
      shop.modem.nft(
          """
          add table inet street
          delete table inet street
          table inet street {
            chain hide {
              type nat hook postrouting priority srcnat
              ip saddr 100.64.0.0/16 masquerade
            }
            chain filter {
              type filter hook forward priority filter
              iifname "out" ct state established,related accept
              iifname "out" ip daddr 100.64.0.0/16 drop
              %s
            }
          }
          """
              .formatted(filters ? "iifname \"out\" meta nfproto ipv6 drop" : ""));
    }
  }

  public Shop ueno() {
    return ueno;
  }

  public Shop ginza() {
    return ginza;
  }

  public Shop thief() {
    return thief;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean interrupted = Thread.interrupted();
    List.of(ueno, ginza, thief).forEach(Shop::close);
    hosts.forEach(Host::close);
    Machine.closed(this);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
