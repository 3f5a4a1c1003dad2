package dev.noren.street;

import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.protocol.Limits;
import dev.noren.protocol.cookie.MacStamper;
import dev.noren.protocol.handshake.InitiatorHandshake;
import dev.noren.protocol.handshake.LocalIdentity;
import dev.noren.protocol.handshake.Tai64n;
import dev.noren.protocol.message.Initiation;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Far ends of a shop's router, each with a fault of its own: one tunnel each, of the fault's name.
 * All are at the far shop's host, at different ports.
 */
public final class FaultyEnds implements AutoCloseable {
  private static final int FIRST_PORT = 51840;
  private static final int CALLING_PORT = 51900;
  private static final String NOBODY_4 = "203.0.113.99";
  private static final long TWO_DAYS_NS = TimeUnit.DAYS.toNanos(2);

  private final ShopStreet street;
  private final SecureRandom random = new SecureRandom();
  private final List<Fault> faults = new ArrayList<>();
  private final List<WgEnd> ends = new ArrayList<>();
  private final List<DatagramSocket> sockets = new ArrayList<>();
  private final Map<String, String> expected = new LinkedHashMap<>();
  private String line;
  private long oldStampNs;
  private DatagramSocket oldClock;

  /** A tunnel of the router's and its far end. */
  private record Fault(
      String name, Keys ours, String theirKey, String at, int ownPort, String more, String inner) {
    String json() {
      return """
      {"name": "%1$s", "privateKey": "%2$s", "addresses": ["%7$s.2/32"], "listenPort": %5$d,
       "peers": [{"name": "far %1$s", "publicKey": "%3$s", "endpoint": "%4$s",
                  "allowedIps": ["%7$s.1/32", "%7$s.128/25"], "keepaliveSeconds": 5%6$s}],
       "use": {"mode": "split", "subnets": ["%7$s.1/32", "%7$s.128/25"]}}\
      """
          .formatted(name, ours.privateKey(), theirKey, at, ownPort, more, inner);
    }
  }

  /** Starts those that are there from the beginning. */
  public FaultyEnds(ShopStreet street) {
    this.street = street;
    psk();
    stranger("unknown", "4-3");
    add("refused", "4-2", Keys.generate().publicKey(), port(), "");
    Fault dead = fault("dead", Keys.generate().publicKey(), NOBODY_4 + ":51820", "");
    put(dead, "4-1");
    noWireGuard();
    stranger("other", "5-4");
    add("clock", "3-4", null, port(), "");
    wellKnown("foreign", "5-5");
    wellKnown("deaf", "6-2");
    wellKnown("hole", "6-3");
    street
        .internet()
        .nft(
            """
            table inet hole {
              chain there {
                type filter hook forward priority 0
                udp dport %1$d meta length > 1300 drop
                udp sport %1$d meta length > 1300 drop
              }
            }
            """
                .formatted(portOf("hole")));
  }

  private int port() {
    return FIRST_PORT + faults.size();
  }

  private int portOf(String name) {
    return Integer.parseInt(find(name).at().replaceAll(".*:", ""));
  }

  private Fault find(String name) {
    return faults.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private Fault fault(String name, String theirKey, String at, String more) {
    int number = faults.size();
    return new Fault(name, Keys.generate(), theirKey, at, 52840 + number, more, "10.60." + number);
  }

  private void put(Fault fault, String number) {
    faults.add(fault);
    expected.put(fault.name(), number);
  }

  private final Map<String, Keys> theirs = new LinkedHashMap<>();

  private Fault add(String name, String number, String theirKey, int port, String more) {
    String key = theirKey;
    if (key == null) {
      theirs.put(name, Keys.generate());
      key = theirs.get(name).publicKey();
    }
    Fault fault = fault(name, key, ShopStreet.FAR_4 + ":" + port, more);
    put(fault, number);
    return fault;
  }

  private WgEnd end(String name) {
    WgEnd end = new WgEnd(street.far(), Maker.GO, port());
    end.start();
    end.identify();
    ends.add(end);
    names.put(name, end);
    return end;
  }

  private final Map<String, WgEnd> names = new LinkedHashMap<>();

  /** It has another pre-shared key. */
  private void psk() {
    WgEnd end = end("psk");
    Fault fault =
        add(
            "psk",
            "5-2",
            end.publicKey(),
            port(),
            ", \"presharedKey\": \"" + Keys.preshared() + "\"");
    knows(end, fault);
    end.wgWith(
            Keys.preshared() + "\n",
            "set",
            "peer",
            fault.ours().publicKey(),
            "preshared-key",
            "/dev/stdin")
        .must();
    end.up(1420, fault.inner() + ".1/32");
  }

  private static void knows(WgEnd end, Fault fault) {
    end.set("peer", fault.ours().publicKey(), "allowed-ips", fault.inner() + ".2/32");
  }

  /** It does not know the router. */
  private void stranger(String name, String number) {
    WgEnd end = end(name);
    Fault fault = add(name, number, end.publicKey(), port(), "");
    end.up(1420, fault.inner() + ".1/32");
  }

  /** Hands are shaken. */
  private void wellKnown(String name, String number) {
    WgEnd end = end(name);
    Fault fault = add(name, number, end.publicKey(), port(), "");
    knows(end, fault);
    end.up(1420, fault.inner() + ".1/32");
    street.far().ip("route add " + fault.inner() + ".2/32 dev " + end.name());
    if (name.equals("deaf")) {
      street
          .far()
          .nft(
              """
              table inet deaf {
                chain in {
                  type filter hook prerouting priority raw
                  iifname "%s" drop
                }
              }
              """
                  .formatted(end.name()));
    }
  }

  private void noWireGuard() {
    Fault fault = add("nowg", "4-4", Keys.generate().publicKey(), port(), "");
    DatagramSocket socket = open(portOf(fault.name()));
    Thread thread = new Thread(() -> answer(socket), "no-wireguard");
    thread.setDaemon(true);
    thread.start();
  }

  private DatagramSocket open(int port) {
    DatagramSocket socket =
        street
            .far()
            .inside(() -> new DatagramSocket(port, InetAddress.getByName(ShopStreet.FAR_4)));
    sockets.add(socket);
    return socket;
  }

  private static void answer(DatagramSocket socket) {
    byte[] hello = "220 hello\r\n".getBytes(StandardCharsets.US_ASCII);
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    try {
      while (true) {
        socket.receive(packet);
        if (packet.getLength() > 0) {
          socket.send(new DatagramPacket(hello, hello.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  /** The tunnels' objects in the document, with commas between them. */
  public String json() {
    return String.join(",", faults.stream().map(Fault::json).toList());
  }

  /** Each tunnel's finding. */
  public Map<String, String> expected() {
    return expected;
  }

  /**
   * Begins with those faults that need the router.
   *
   * @param lineAddress where it is
   */
  public void begin(String lineAddress) {
    line = lineAddress;
    // From another port than it is called at, as NAT on the way holds that one's flow.
    WgEnd other = new WgEnd(street.far(), Maker.GO, CALLING_PORT);
    other.start();
    other.identify();
    ends.add(other);
    other.up(1420, "10.99.0.1/32");
    other.set(
        "peer",
        Keys.generate().publicKey(),
        "endpoint",
        line + ":" + find("other").ownPort(),
        "persistent-keepalive",
        "5",
        "allowed-ips",
        "10.99.0.0/24");
    oldClock = open(CALLING_PORT + 1);
    long now = System.currentTimeMillis() * 1_000_000;
    call(now);
    oldStampNs = now - TWO_DAYS_NS;
    String foreign = names.get("foreign").name();
    street.far().ip("addr add 10.66.0.1/32 dev " + foreign);
    street.far().start("ping", "-q", "-i", "1", "-I", "10.66.0.1", find("foreign").inner() + ".2");
    street.noren().start("ping", "-q", "-i", "1", find("deaf").inner() + ".1");
  }

  /** Goes on with them, now and then. */
  public void go() {
    oldStampNs += TimeUnit.SECONDS.toNanos(1);
    call(oldStampNs);
  }

  /** Calls the router as the far end whose clock says so. */
  private void call(long unixNs) {
    Fault fault = find("clock");
    PrivateKey mine = PrivateKey.parseBase64(theirs.get("clock").privateKey());
    PublicKey router = PublicKey.parseBase64(fault.ours().publicKey());
    byte[] shared = new byte[32];
    mine.sharedSecret(router, shared);
    byte[] stamp = new byte[Tai64n.SIZE];
    Tai64n.write(unixNs, stamp, 0);
    byte[] message = new byte[Initiation.SIZE];
    InitiatorHandshake.start(
        LocalIdentity.of(mine),
        router,
        shared,
        PrivateKey.generate(random),
        random.nextInt(),
        stamp,
        message,
        0);
    new MacStamper(router).stamp(message, 0, message.length, System.nanoTime(), Limits.WHITEPAPER);
    try {
      oldClock.send(
          new DatagramPacket(
              message, message.length, InetAddress.getByName(line), fault.ownPort()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    sockets.forEach(DatagramSocket::close);
    ends.forEach(WgEnd::close);
  }
}
