package dev.noren.street;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A shop in its street, in network namespaces:
 *
 * <pre>
 *   beside   pc ─┬─ gate (the shop's router, NAT) ── internet ─┬─ far (wireguard-go) ── hq
 *                └─ noren                                      ├─ web (server, resolver)
 *   router   pc ─── noren ─────────────────────────── internet └─ phone
 * </pre>
 *
 * The internet gives the shop one IPv4 address by DHCP and hides it (NAT), and an IPv6 network by
 * router advertisement. What the shop sends out passes {@link #LINE} of {@link #internet}, where an
 * eavesdropper listens. A router may have a second line, {@link #LINE_2}, at its port eth2.
 */
public final class ShopStreet implements AutoCloseable {
  /** The internet's link to the shop. */
  public static final String LINE = "line";

  /** The internet's link to the far shop. */
  public static final String FAR = "far";

  /** The internet's second link to the shop. */
  public static final String LINE_2 = "line2";

  /** Whom a box asks for the time: the web server, if somebody there tells it. */
  public static final String TIME = "ntp.nict.jp";

  /** The far end's outer addresses; the name vpn.example has both. */
  public static final String FAR_4 = "203.0.113.2";

  public static final String FAR_6 = "2001:db8:b::2";

  /** As which the web server sees whatever leaves the shop outside a tunnel, over IPv4. */
  public static final String SHOP_4 = "198.18.0.1";

  /** The same of what leaves by the second line. */
  public static final String SHOP_2_4 = "198.18.0.2";

  /** As which the far shop sees what leaves by the first line, and by the second. */
  public static final String SHOP_AT_FAR_4 = "203.0.113.1";

  public static final String SHOP_2_AT_FAR_4 = "203.0.113.3";

  /** A router that has just been started answers within seconds, on a busy machine in some more. */
  private static final int MOST_QUESTIONS = 60;

  /**
   * The web server, at an address that no resolver takes for a private one: www.example and
   * shop.example.
   */
  public static final String WEB_4 = "198.18.0.10";

  public static final String WEB_6 = "2001:db8:c::10";

  /** The web server once more, in a private network of the internet's side, if it is there. */
  public static final String PRIVATE_4 = "192.168.7.1";

  /** The bank that refuses VPNs: bank.example. */
  public static final String BANK_4 = "198.18.0.20";

  /** The resolver that DHCP names. */
  public static final String RESOLVER_4 = "198.18.0.53";

  /** A resolver that a client may have been told of by hand. */
  public static final String OTHER_RESOLVER_4 = "198.18.0.54";

  /** A machine in the far shop's network. */
  public static final String HQ_4 = "10.50.0.10";

  /** The far shop's name server, which knows hq.example. */
  public static final String HQ_DNS_4 = "10.50.0.53";

  /** How much there is at /big of a web server. */
  public static final int BIG_BYTES = 16_000_000;

  /** Of these a slow load brings some thirty a second, so that it could last for minutes. */
  private static final int PIECE_BYTES = 4_096;

  /** The network of the internet's customers. */
  private static final String LINE_4 = "100.64.7.";

  private static final String MOBILE_NET_4 = "198.51.100.";

  /** The telephone abroad. */
  public static final String MOBILE_4 = MOBILE_NET_4 + "2";

  /** The next routers of both lines. */
  public static final String GATEWAY_4 = LINE_4 + "1";

  private static final String LINE_6 = "2001:db8:a::";

  private static final String LINE_2_4 = "100.64.8.";

  public static final String GATEWAY_2_4 = LINE_2_4 + "1";

  private static final String LINE_2_6 = "2001:db8:e::";

  /** The shop's network behind its own router, beside which Noren stands. */
  private static final String GATE_4 = "192.168.1.";

  private static final String GATE_6 = "2001:db8:5::";

  private final boolean beside;
  private final List<Host> hosts = new ArrayList<>();
  private final TempFolder folder = new TempFolder();
  private final Host internet;
  private final Host web;
  private final Host far;
  private final Host hq;
  private final Host phone;
  private final Host gate;
  private final Host noren;
  private final Host pc;
  private String lineNet4 = LINE_4;
  private Running resolver;
  private Running lineServer;
  private Running gateServer;
  private boolean closed;

  private ShopStreet(boolean beside) {
    this.beside = beside;
    String name = Machine.streetName();
    internet = host(name + "i");
    web = host(name + "w");
    far = host(name + "f");
    hq = host(name + "h");
    phone = host(name + "p");
    gate = host(name + "g");
    noren = host(name + "n");
    pc = host(name + "c");
  }

  private Host host(String namespace) {
    Host host = new Host(namespace);
    hosts.add(host);
    return host;
  }

  /** A street whose shop has a router already, and Noren beside it. */
  public static ShopStreet beside() {
    return open(true);
  }

  /** A street where Noren is the shop's router, with two lines to the internet. */
  public static ShopStreet routerOfTwoLines() {
    ShopStreet street = open(false);
    try {
      street.buildSecondLine();
      return street;
    } catch (Error | RuntimeException e) {
      street.close();
      throw e;
    }
  }

  /** A street where Noren is the shop's router. */
  public static ShopStreet router() {
    return open(false);
  }

  private static ShopStreet open(boolean beside) {
    synchronized (Machine.BUILDING) {
      Machine.prepare();
      ShopStreet street = new ShopStreet(beside);
      try {
        street.build();
        Machine.opened(street);
        return street;
      } catch (Error | RuntimeException e) {
        street.close();
        throw e;
      }
    }
  }

  private void build() {
    internet.must("sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
    join(web, "web", "198.18.0.", "10", "2001:db8:c::");
    web.ip(
        "addr add " + BANK_4 + "/24 dev out",
        "addr add " + RESOLVER_4 + "/24 dev out",
        "addr add " + OTHER_RESOLVER_4 + "/24 dev out");
    join(far, "far", "203.0.113.", "2", "2001:db8:b::");
    join(phone, "mobile", MOBILE_NET_4, "2", "2001:db8:d::");
    buildFarShop();
    buildLine();
    startServers();
  }

  /** One link of the internet, whose end in the host is called out. */
  private void join(Host host, String link, String net4, String own, String net6) {
    internet.ip(
        "link add name " + link + " type veth peer name out netns " + host.namespace(),
        "addr add " + net4 + "1/24 dev " + link,
        "addr add " + net6 + "1/64 dev " + link + " nodad",
        "link set dev " + link + " up");
    host.ip(
        "addr add " + net4 + own + "/24 dev out",
        "addr add " + net6 + own + "/64 dev out nodad",
        "link set dev out up",
        "route add default via " + net4 + "1",
        "route add ::/0 via " + net6 + "1");
  }

  /** The far shop lets its tunnel's clients out to the internet under its own address. */
  private void buildFarShop() {
    far.must("sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
    far.ip(
        "link add name lan type veth peer name lan netns " + hq.namespace(),
        "addr add 10.50.0.1/24 dev lan",
        "link set dev lan up");
    hq.ip(
        "addr add " + HQ_4 + "/24 dev lan",
        "addr add " + HQ_DNS_4 + "/24 dev lan",
        "link set dev lan up",
        "route add default via 10.50.0.1");
    far.nft(
        """
        table inet street {
          chain hide {
            type nat hook postrouting priority srcnat
            oifname "out" masquerade
          }
        }
        """);
  }

  private void buildLine() {
    Host customer = beside ? gate : noren;
    String end = beside ? "wan" : "eth0";
    internet.ip(
        "link add name " + LINE + " type veth peer name " + end + " netns " + customer.namespace(),
        "addr add " + LINE_4 + "1/24 dev " + LINE,
        "addr add " + LINE_6 + "1/64 dev " + LINE + " nodad",
        "link set dev " + LINE + " up");
    internet.nft(
        """
        table inet street {
          chain hide {
            type nat hook postrouting priority srcnat
            ip saddr %s0/24 oifname != "line" masquerade
          }
        }
        """
            .formatted(LINE_4));
    gate.ip("link add name lan type bridge", "link set dev lan up");
    plug(pc, "pc");
    if (beside) {
      buildGate();
      plug(noren, "noren");
    } else {
      gate.ip(
          "link add name noren type veth peer name eth1 netns " + noren.namespace(),
          "link set dev noren master lan up");
    }
  }

  /** By another provider, who lets through only what has an address that it gave (RFC 2827). */
  private void buildSecondLine() {
    internet.ip(
        "link add name " + LINE_2 + " type veth peer name eth2 netns " + noren.namespace(),
        "addr add " + LINE_2_4 + "1/24 dev " + LINE_2,
        "addr add " + LINE_2_6 + "1/64 dev " + LINE_2 + " nodad",
        "link set dev " + LINE_2 + " up",
        "addr add " + SHOP_2_4 + "/24 dev web",
        "addr add " + SHOP_2_AT_FAR_4 + "/24 dev far");
    internet.nft(
        """
        table inet second {
          chain hide {
            type nat hook postrouting priority srcnat
            ip saddr %2$s0/24 oifname "web" snat ip to %3$s
            ip saddr %2$s0/24 oifname "far" snat ip to %4$s
          }
          chain own {
            type filter hook prerouting priority raw
            iifname "line" ip saddr != { 0.0.0.0, %1$s0/24 } drop
            iifname "line2" ip saddr != { 0.0.0.0, %2$s0/24 } drop
          }
        }
        """
            .formatted(LINE_4, LINE_2_4, SHOP_2_4, SHOP_2_AT_FAR_4));
    startDhcp(internet, LINE_2, LINE_2_4, LINE_2_6);
  }

  /**
   * There is a private network beyond the shops' lines from now on, as where a router that is not
   * the shop's own stands before one.
   */
  public void buildPrivateNetwork() {
    web.ip("addr replace " + PRIVATE_4 + "/32 dev lo");
    internet.ip("route replace " + PRIVATE_4 + "/32 via " + WEB_4);
  }

  /**
   * A line, or the far shop's link, leads nowhere from now on, although its cable is in and its
   * neighbour is there.
   */
  public void silence(String line) {
    internet.nft(
        """
        table inet silent-%1$s {
          chain heard {
            type filter hook prerouting priority raw - 10
            iifname "%1$s" drop
          }
          chain said {
            type filter hook postrouting priority srcnat + 10
            oifname "%1$s" drop
          }
        }
        """
            .formatted(line));
  }

  /** It leads somewhere again. */
  public void unsilence(String line) {
    internet.nft("delete table inet silent-" + line + "\n");
  }

  /** A line's cable is pulled out. */
  public void unplug(String line) {
    internet.ip("link set dev " + line + " down");
  }

  /** It is put in again. */
  public void replug(String line) {
    internet.ip("link set dev " + line + " up");
  }

  /** A cable from a host's port eth0 to the shop's switch. */
  private void plug(Host host, String socket) {
    gate.ip(
        "link add name " + socket + " type veth peer name eth0 netns " + host.namespace(),
        "link set dev " + socket + " master lan up");
  }

  private void buildGate() {
    gate.must("sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
    gate.ip(
        "addr add " + LINE_4 + "2/24 dev wan",
        "addr add " + LINE_6 + "2/64 dev wan nodad",
        "link set dev wan up",
        "route add default via " + LINE_4 + "1",
        "route add ::/0 via " + LINE_6 + "1",
        "addr add " + GATE_4 + "1/24 dev lan",
        "addr add " + GATE_6 + "1/64 dev lan nodad");
    internet.ip("route add " + GATE_6 + "/64 via " + LINE_6 + "2");
    gate.nft(
        """
        table inet street {
          chain hide {
            type nat hook postrouting priority srcnat
            meta nfproto ipv4 oifname "wan" masquerade
          }
        }
        """);
  }

  private void startServers() {
    farIsAt(FAR_4, FAR_6);
    startResolver(hq, "--address=/hq.example/" + HQ_4);
    startWeb(web);
    startWeb(hq);
    lineServer = startDhcp(internet, LINE, LINE_4, LINE_6);
    if (beside) {
      gateServer = startDhcp(gate, "lan", GATE_4, GATE_6);
    }
  }

  /**
   * From now on the resolver tells these addresses of vpn.example, or that there is no such name.
   */
  public void farIsAt(String... addresses) {
    if (resolver != null) {
      web.end(resolver);
    }
    List<String> names =
        new ArrayList<>(
            List.of(
                "--address=/www.example/" + WEB_4,
                "--address=/www.example/" + WEB_6,
                "--address=/shop.example/" + WEB_4,
                "--address=/" + TIME + "/" + WEB_4,
                "--address=/bank.example/" + BANK_4));
    for (String address : addresses) {
      names.add("--address=/vpn.example/" + address);
    }
    resolver = startResolver(web, names.toArray(String[]::new));
  }

  private Running startResolver(Host host, String... names) {
    List<String> command =
        new ArrayList<>(
            List.of("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv"));
    command.addAll(List.of("--no-hosts", "--user=root", "--pid-file=", "--log-facility=-"));
    command.addAll(List.of("--log-queries", "--local=/example/"));
    command.addAll(List.of(names));
    return host.start(Map.of(), command);
  }

  private Running startDhcp(Host host, String link, String net4, String net6, String... more) {
    List<String> command = new ArrayList<>(dhcp(link, net4, net6));
    command.addAll(List.of(more));
    return host.start(Map.of(), command);
  }

  private List<String> dhcp(String link, String net4, String net6) {
    return List.of(
        "dnsmasq",
        "--keep-in-foreground",
        "--conf-file=/dev/null",
        "--port=0",
        "--user=root",
        "--pid-file=",
        "--log-facility=-",
        "--interface=" + link,
        "--bind-dynamic",
        "--dhcp-leasefile=" + folder.path().resolve("leases-" + link),
        "--dhcp-range=" + net4 + "100," + net4 + "199,10m",
        "--dhcp-option=option:router," + net4 + "1",
        "--dhcp-option=option:dns-server," + RESOLVER_4,
        "--enable-ra",
        // Each 7.5 to 10 s after its first minute, in which it is 5 to 20 s whatever is said here.
        "--ra-param=" + link + ",10,1800",
        "--dhcp-range=" + net6 + ",ra-only,64");
  }

  /**
   * A page /cgi-bin/who that says from which address it is seen, and something big, which also
   * comes as /cgi-bin/slow: in small pieces until {@link #letRestCome}, and then the rest at once.
   */
  private void startWeb(Host host) {
    folder.folder("www/cgi-bin");
    String big = folder.path().resolve("www/big").toString();
    host.must("sh", "-c", "head -c " + BIG_BYTES + " /dev/urandom >\"$0\"", big);
    folder.script(
        "www/cgi-bin/who",
        """
        who=${REMOTE_ADDR#[}
        who=${who%]}
        printf '\\r\\n%s\\n' "${who#::ffff:}"
        """);
    folder.script(
        "www/cgi-bin/slow",
        """
        exec <'%s'
        printf 'Content-Length: %d\\r\\n\\r\\n'
        pieces=0
        while [ $pieces -lt 4000 ] && [ ! -e '%s' ]; do
          head -c %d
          sleep 0.03
          pieces=$((pieces + 1))
        done
        cat
        """
            .formatted(big, BIG_BYTES, restMayCome(), PIECE_BYTES));
    host.start("busybox", "httpd", "-f", "-p", "80", "-h", folder.path().resolve("www").toString());
  }

  /**
   * The internet gives the shop addresses of another network from now on.
   *
   * @param net4 the network's first three numbers, each with a dot behind it
   */
  public void renumberLine(String net4) {
    lineServer.kill();
    internet.ip(
        "addr del " + lineNet4 + "1/24 dev " + LINE, "addr add " + net4 + "1/24 dev " + LINE);
    internet.nft(
        "add rule inet street hide ip saddr %s0/24 oifname != \"line\" masquerade\n"
            .formatted(net4));
    lineNet4 = net4;
    lineServer = startDhcp(internet, LINE, net4, LINE_6);
  }

  /** The internet's leases name an MTU from now on, in bytes. */
  public void lineAsksForMtu(int bytes) {
    lineServer.kill();
    lineServer =
        startDhcp(internet, LINE, lineNet4, LINE_6, "--dhcp-option-force=option:mtu," + bytes);
  }

  /** The internet gives the shop no more addresses. */
  public void stopLineServer() {
    lineServer.kill();
  }

  /** The shop's own router gives its devices no more addresses. */
  public void stopGateServer() {
    gateServer.kill();
  }

  /** Has a host's port take what the network's DHCP server gives, its name server included. */
  public void askForAddress(Host host) {
    askForAddress(host, 1);
  }

  /**
   * The same with the patience that a slow server takes.
   *
   * @param answerSeconds how long an answer may take
   */
  public void askForAddress(Host host, int answerSeconds) {
    folder.script(
        "udhcpc-" + host.namespace(),
        """
        [ "$1" = bound ] || [ "$1" = renew ] || exit 0
        ip addr flush dev "$interface" scope global
        ip addr add "$ip/$mask" dev "$interface"
        ip route replace default via "${router%% *}"
        mkdir -p /etc/netns/HOST
        for server in $dns; do echo "nameserver $server"; done >/etc/netns/HOST/resolv.conf
        """
            .replace("HOST", host.namespace()));
    host.ip("link set dev eth0 up");
    host.must(
        "busybox",
        "udhcpc",
        "-i",
        "eth0",
        "-n",
        "-q",
        "-f",
        "-t",
        Integer.toString(MOST_QUESTIONS),
        "-T",
        Integer.toString(answerSeconds),
        "-s",
        folder.path().resolve("udhcpc-" + host.namespace()).toString());
  }

  /**
   * Has a host's port ask anew for the network's router over IPv6, which answers within seconds. It
   * is called after {@link #askForAddress}: the lease's script takes away what an advertisement has
   * given, and the next one that nobody asks for may be 20 s away. What the port has of IPv6 by
   * hand goes too; IPv4 and the settings stay.
   */
  public void askForIpv6(Host host) {
    host.must("sysctl", "-qw", "net.ipv6.conf.eth0.disable_ipv6=1");
    host.must("sysctl", "-qw", "net.ipv6.conf.eth0.disable_ipv6=0");
  }

  /**
   * A host begins to load what is big from a web server: slowly, however long what happens
   * meanwhile takes, until {@link #letRestCome}.
   *
   * @param file where to
   */
  public Running load(Host from, String server, String file) {
    try {
      Files.deleteIfExists(restMayCome());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return from.start(
        "curl", "-sS", "--max-time", "240", "-o", file, "http://" + server + "/cgi-bin/slow");
  }

  /** Lets a {@link #load} come to its end. */
  public void letRestCome() {
    folder.write("rest-may-come", "");
  }

  private Path restMayCome() {
    return folder.path().resolve("rest-may-come");
  }

  /**
   * What the web server sees as the client's address, or what went wrong. A question for the name
   * that is lost, as while a name server starts anew, is asked again after a second instead of the
   * usual five.
   */
  public Ran who(Host from, String server) {
    return from.runIn(
        Map.of("RES_OPTIONS", "timeout:1 attempts:4"),
        "curl",
        "-sS",
        "--max-time",
        "5",
        "http://" + server + "/cgi-bin/who");
  }

  public Host internet() {
    return internet;
  }

  public Host web() {
    return web;
  }

  public Host far() {
    return far;
  }

  public Host hq() {
    return hq;
  }

  public Host phone() {
    return phone;
  }

  /** The shop's own router and switch; in the role of a router only the switch. */
  public Host gate() {
    return gate;
  }

  public Host noren() {
    return noren;
  }

  public Host pc() {
    return pc;
  }

  public TempFolder folder() {
    return folder;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean interrupted = Thread.interrupted();
    hosts.forEach(Host::close);
    Machine.closed(this);
    folder.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
