package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.noren.linux.Netns;
import dev.noren.plan.RouterFacts.Port;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PortWatchIT {
  private static List<Port> next(BlockingQueue<List<Port>> told) throws InterruptedException {
    List<Port> ports = told.poll(20, TimeUnit.SECONDS);
    assertNotNull(ports, "no change was told");
    return ports;
  }

  /** The first list with this text, among those that more than one notification brings. */
  private static void awaitText(BlockingQueue<List<Port>> told, String text) throws Exception {
    String last = "";
    for (int i = 0; i < 20 && !last.equals(text); i++) {
      last = next(told).toString();
    }
    assertEquals(text, last);
  }

  @Test
  void tellsOfEthernetPortsAndOfNothingElse() throws Exception {
    try (Netns netns = Netns.create("pw")) {
      netns.batch(
          "link add eth0 address 02:00:00:00:00:0a mtu 1492 type veth peer name far0",
          "link add br0 type bridge",
          "link add link far0 name mac0 type macvlan",
          "tuntap add dev tap0 mode tap",
          "tuntap add dev tun0 mode tun",
          "link set eth0 up");
      BlockingQueue<List<Port>> told = new LinkedBlockingQueue<>();
      // Once an hour: what is heard is heard from the kernel.
      PortWatch watch =
          netns.run(() -> PortWatch.start(Set.of("far0", "far1"), Duration.ofHours(1), told::add));
      try (watch) {
        String down = "[Port[name=eth0, mac=02:00:00:00:00:0a, carrier=false, mtuBytes=1492]]";
        awaitText(told, down);
        netns.ip("link", "set", "far0", "up");
        awaitText(told, down.replace("false", "true"));
        netns.ip("link", "set", "far0", "down");
        awaitText(told, down);
        netns.ip(
            "link", "add", "eth1", "address", "02:00:00:00:00:0b", "type", "veth", "peer", "far1");
        awaitText(
            told,
            down.replace(
                "]]", "], Port[name=eth1, mac=02:00:00:00:00:0b, carrier=false, mtuBytes=1500]]"));
        netns.ip("link", "del", "eth1");
        awaitText(told, down);
      }
    }
  }

  @Test
  void twoHundredInterfacesAreNotTooMany() throws Exception {
    try (Netns netns = Netns.create("pm")) {
      String[] lines = new String[100];
      for (int i = 0; i < lines.length; i++) {
        lines[i] = "link add p" + i + " type veth peer name q" + i;
      }
      netns.batch(lines);
      List<Port> ports =
          netns.run(
              () -> {
                try (Ports all = Ports.open()) {
                  return all.read(Set.of());
                }
              });
      assertEquals(200, ports.size());
    }
  }
}
