package dev.noren.bench;

import dev.noren.config.ConfigException;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.net.Cidr;
import dev.noren.plan.RouterFacts;
import dev.noren.plan.RouterPlan;
import dev.noren.street.Iperf;
import dev.noren.street.Street;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the access of 100 devices, each with a rule of its own, leaves of the datagrams that a
 * router forwards with the access of 10. The street's middle has the firewall of a router; the left
 * host is the device whose rule comes last, and no tunnel takes time of its own.
 */
final class AccessCost {
  private static final int FEW = 10;
  private static final int MANY = 100;
  private static final int KEY_BYTES = 32;
  private static final int WARM_UP_SECONDS = 1;
  private static final String LEFT_NET = "198.51.100.";

  private AccessCost() {}

  /** Measures few, many, many and few, so that a machine that slows down wrongs nobody. */
  static Map<Measure, Double> of(Street street, int seconds) {
    street.awaitLinks();
    load(street, FEW, WARM_UP_SECONDS);
    double few = load(street, FEW, seconds);
    double many = load(street, MANY, seconds) + load(street, MANY, seconds);
    few += load(street, FEW, seconds);
    Map<Measure, Double> measured = new EnumMap<>(Measure.class);
    measured.put(Measure.ACCESS, many / few);
    return measured;
  }

  /** Datagrams in Mbit/s; small ones, since each packet costs the same. */
  private static double load(Street street, int devices, int seconds) {
    street
        .middle()
        .nft(
            firewall(devices)
                .replace("\"br-lan\"", link(street, Street.MIDDLE_RIGHT_4))
                .replace("\"staff\"", link(street, Street.MIDDLE_LEFT_4)));
    if (street.left().run("ping", "-n", "-c", "1", "-W", "1", Street.RIGHT_4).ok()) {
      throw new AssertionError("the firewall lets through what no rule does");
    }
    return Iperf.run(
            street.left(),
            street.right(),
            Street.RIGHT_4,
            "-u",
            "-b",
            "0",
            "-l",
            "64",
            "-t",
            Integer.toString(seconds))
        .megabits();
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
