package dev.noren.bench;

import dev.noren.bench.Results.Figures;
import dev.noren.config.ConfigException;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.net.Cidr;
import dev.noren.plan.RouterFacts;
import dev.noren.plan.RouterPlan;
import dev.noren.street.Street;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the access of 100 devices, each with a rule of its own, leaves of the datagrams that a
 * router forwards in a second of processor time with the access of 10. The street's middle has the
 * firewall of a router; the left host is the device whose rule comes last, and no tunnel takes time
 * of its own. Over veth the sender's thread does all the work up to the receiver's socket, so its
 * own processor time is what a datagram costs, whatever else the machine does.
 */
final class AccessCost {
  private static final int FEW = 10;
  private static final int MANY = 100;
  private static final int KEY_BYTES = 32;
  private static final int PORT = 5201;

  /** How often each has its turn, for a second that is asked for. */
  private static final int TURNS_PER_SECOND = 5;

  /** Small ones, since each packet costs the same. */
  private static final int DATAGRAM_BYTES = 64;

  private static final int DATAGRAMS = 20_000;
  private static final int TIMEOUT_MS = 2000;
  private static final String LEFT_NET = "198.51.100.";

  private AccessCost() {}

  /** Measures few and many in turn, and takes the medians of both. */
  static Map<Measure, Double> of(Street street, int seconds) {
    street.awaitLinks();
    nanos(street, FEW);
    nanos(street, MANY);
    if (street.left().run("ping", "-n", "-c", "1", "-W", "1", Street.RIGHT_4).ok()) {
      throw new AssertionError("the firewall lets through what no rule does");
    }
    SortedMap<Integer, Double> few = new TreeMap<>();
    SortedMap<Integer, Double> many = new TreeMap<>();
    for (int i = 0; i < TURNS_PER_SECOND * seconds; i++) {
      few.put(i, nanos(street, FEW));
      many.put(i, nanos(street, MANY));
    }
    Map<Measure, Double> measured = new EnumMap<>(Measure.class);
    measured.put(Measure.ACCESS, new Figures(few).median() / new Figures(many).median());
    return measured;
  }

  /** What a datagram costs. */
  private static double nanos(Street street, int devices) {
    street
        .middle()
        .nft(
            firewall(devices)
                .replace("\"br-lan\"", link(street, Street.MIDDLE_RIGHT_4))
                .replace("\"staff\"", link(street, Street.MIDDLE_LEFT_4)));
    InetSocketAddress to = new InetSocketAddress(Street.RIGHT_4, PORT);
    try (DatagramSocket receiver = street.right().inside(() -> new DatagramSocket(to))) {
      receiver.setSoTimeout(TIMEOUT_MS);
      long took = street.left().inside(() -> send(to));
      receiver.receive(new DatagramPacket(new byte[DATAGRAM_BYTES], DATAGRAM_BYTES));
      return (double) took / DATAGRAMS;
    } catch (IOException e) {
      throw new AssertionError("the firewall does not let through what a rule does", e);
    }
  }

  /** Sends them all; returns the thread's own processor time, ns. */
  private static long send(InetSocketAddress to) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[DATAGRAM_BYTES], DATAGRAM_BYTES, to);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (DatagramSocket sender = new DatagramSocket()) {
      long before = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < DATAGRAMS; i++) {
        sender.send(packet);
      }
      return threads.getCurrentThreadCpuTime() - before;
    }
  }

  private static String link(Street street, String address) {
    String line = street.middle().must("ip", "-4", "-o", "addr", "show", "to", address);
    return "\"" + line.strip().split("\\s+", -1)[1] + "\"";
  }

  private static String firewall(int devices) {
    SecureRandom random = new SecureRandom();
    List<String> callers = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    // The left host's address is the last one.
    for (int i = devices + 1; i >= 2; i--) {
      callers.add(
          "{\"name\": \"d%d\", \"publicKey\": \"%s\", \"addresses\": [\"%s%d\"]}"
              .formatted(i, key(random), LEFT_NET, i));
      rules.add(
          """
          {"name": "r%d", "from": ["device:d%1$d"], "to": ["%s"],
           "services": ["tcp/5201", "udp/5201"]}\
          """
              .formatted(i, Street.RIGHT_4));
    }
    String document =
        """
        {"schema": 1, "role": "router", "ports": {"wan": ["eth0"], "lan": ["eth1"]},
         "lan": {"address": "%s/24"},
         "forms": [{"kind": "remote", "name": "staff", "listenPort": 51820, "privateKey": "%s",
                    "addresses": ["%s/24"], "devices": [%s]}],
         "access": {"rules": [%s]}}
        """
            .formatted(
                Street.MIDDLE_RIGHT_4,
                key(random),
                Street.MIDDLE_LEFT_4,
                String.join(", ", callers),
                String.join(", ", rules));
    try {
      RouterConfig config = RouterJson.read("bench", document);
      return RouterPlan.of(config, true, facts()).firewall();
    } catch (ConfigException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RouterFacts facts() {
    return new RouterFacts(
        "0123456789abcdef0123456789abcdef",
        List.of(
            RouterFacts.Port.of("eth0", "02:00:00:00:01:00", true, 1500),
            RouterFacts.Port.of("eth1", "02:00:00:00:01:01", true, 1500)),
        Map.of(
            "eth0",
            new RouterFacts.Lease(Cidr.parse("192.0.2.7/24"), null, List.of(), null, 0, null)),
        "eth0",
        Set.of(),
        Map.of(),
        true);
  }

  private static String key(SecureRandom random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }
}
