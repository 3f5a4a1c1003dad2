package dev.noren.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.services.TestNamespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The commands of plans, done by the real ip in a namespace. Ends of cables stand for ports, for
 * the PPP interface that pppd would make, and for tunnels.
 */
class RouterPlanIT {
  @Test
  void aPlanLeavesNothingBehind() throws Exception {
    for (RouterCases each : RouterCases.all()) {
      try (TestNamespace namespace = new TestNamespace()) {
        Box box = new Box(namespace);
        box.plug(each.plan());
        Set<String> before = box.seen();
        List<Deed> deeds = RouterPlan.STOPPED.deedsTo(each.plan());
        box.apply(deeds);
        assertTrue(box.seen().size() > before.size(), each.name());
        box.apply(deeds.reversed().stream().map(Deed::inverse).toList());
        assertSame(before, box.seen(), each.name());
        box.apply(RouterPlan.STOPPED.deedsTo(each.plan()));
        box.apply(each.plan().deedsTo(RouterPlan.STOPPED));
        assertSame(before, box.seen(), each.name());
      }
    }
  }

  /** Ports and PPP interfaces come and go on the way. */
  @Test
  void fromPlanToPlanIsTheSameAsFromNothing() throws Exception {
    List<RouterCases> cases = RouterCases.all();
    Map<String, Set<String>> fromNothing = new HashMap<>();
    for (RouterCases each : cases) {
      try (TestNamespace fresh = new TestNamespace()) {
        Box box = new Box(fresh);
        box.plug(each.plan());
        box.apply(RouterPlan.STOPPED.deedsTo(each.plan()));
        fromNothing.put(each.name(), box.seen());
      }
    }
    try (TestNamespace moving = new TestNamespace()) {
      Box box = new Box(moving);
      RouterPlan before = RouterPlan.STOPPED;
      for (int i = 0; i < 2 * cases.size(); i++) {
        RouterCases each = cases.get(i * 7 % cases.size());
        RouterPlan after = each.plan();
        box.plug(after);
        box.apply(before.deedsTo(after));
        assertSame(fromNothing.get(each.name()), box.seen(), each.name());
        before = after;
      }
    }
  }

  @Test
  void marksLeadWhereTheySay() throws Exception {
    RouterCases each = RouterCases.of("two-tunnels");
    try (TestNamespace namespace = new TestNamespace()) {
      Box box = new Box(namespace);
      box.plug(each.plan());
      box.apply(RouterPlan.STOPPED.deedsTo(each.plan()));
      for (TunnelPlan tunnel : each.plan().tunnels()) {
        int mark = Marks.ofTunnel(tunnel.number());
        assertTrue(box.way("-4", "192.0.2.99", mark).contains("dev " + tunnel.device()));
        if (Tunnels.carries(tunnel.config(), true)) {
          assertTrue(box.way("-6", "2001:db8::99", mark).contains("dev " + tunnel.device()));
        }
        namespace.run("ip", "link", "del", tunnel.device());
        assertTrue(box.isUnreachable("-4", "192.0.2.99", mark), tunnel.device());
        assertTrue(box.isUnreachable("-6", "2001:db8::99", mark), tunnel.device());
      }
      assertTrue(box.way("-4", "192.0.2.99", Marks.OUTER).contains("dev eth0"));
      assertTrue(box.way("-4", "192.0.2.99", Marks.ofLine(0)).contains("dev eth0"));
    }
  }

  /** What differs, since the whole is too long to read. */
  private static void assertSame(Set<String> expected, Set<String> actual, String name) {
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(actual);
    Set<String> more = new TreeSet<>(actual);
    more.removeAll(expected);
    assertEquals("missing [], more []", "missing " + missing + ", more " + more, name);
  }

  /** A namespace as a box. */
  private static final class Box {
    /** What the names of the cables' other ends begin with. */
    private static final String PEER = "p.";

    private final TestNamespace namespace;
    private final Set<String> plugged = new HashSet<>();

    Box(TestNamespace namespace) throws IOException {
      this.namespace = namespace;
      namespace.run("sysctl", "-qw", "net.ipv6.conf.default.accept_dad=0");
      namespace.run("sysctl", "-qw", "net.ipv6.conf.default.addr_gen_mode=1");
    }

    /** Makes the interfaces be there that a plan was told of, and no others. */
    void plug(RouterPlan plan) throws IOException {
      Set<String> wanted = new TreeSet<>(plan.devices());
      wanted.remove("lo");
      for (String device : wanted) {
        if (plugged.add(device)) {
          namespace.run("sh", "-ec", link(device) + "ip link set " + device + " up");
          if (device.startsWith("ppp")) {
            namespace.run("ip", "address", "add", "198.51.100.20/32", "dev", device);
          }
        }
      }
      for (String device : List.copyOf(plugged)) {
        if (!wanted.contains(device)) {
          namespace.run("ip", "link", "del", device);
          plugged.remove(device);
        }
      }
    }

    /** By one shell, since to enter the namespace for each takes longer than to do it. */
    void apply(List<Deed> deeds) throws IOException {
      StringBuilder script = new StringBuilder("set -eux\n");
      for (Deed deed : deeds) {
        switch (deed) {
          case Deed.Command command -> script.append(line(command.does()));
          case Deed.Setting setting -> {
            if (setting.after() != null) {
              script.append(line(List.of("sysctl", "-qw", setting.key() + "=" + setting.after())));
            }
          }
          case Deed.Tunnel tunnel -> script.append(tunnel(tunnel));
          case Deed.Firewall firewall -> {}
          case Deed.Service service -> {}
        }
      }
      namespace.run("sh", "-c", script.toString());
    }

    private static String line(List<String> words) {
      return words.stream()
          .map(word -> "'" + word.replace("'", "'\\''") + "'")
          .collect(Collectors.joining(" ", "", "\n"));
    }

    private static String tunnel(Deed.Tunnel tunnel) {
      if (tunnel.after() == null) {
        return "ip link del " + tunnel.before().device() + "\n";
      }
      return tunnel.before() == null ? link(tunnel.after().device()) : "";
    }

    /** One end of a cable, whose other end is up too. */
    private static String link(String device) {
      String peer = PEER + device;
      return "ip link add %1$s type veth peer name %2$s\nip link set %2$s up\n"
          .formatted(device, peer);
    }

    /** All that the commands can change, without what follows later or by chance. */
    Set<String> seen() throws IOException {
      Set<String> seen = new TreeSet<>();
      for (String[] look :
          new String[][] {
            {"-o", "address", "show"},
            {"-4", "route", "show", "table", "all"},
            {"-6", "route", "show", "table", "all"},
            {"-4", "rule", "show"},
            {"-6", "rule", "show"}
          }) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(look));
        String output = namespace.run(command.toArray(String[]::new));
        output
            .lines()
            .filter(line -> !line.contains("fe80:") && !line.contains("ff00::"))
            .map(line -> line.replaceFirst("^\\d+: ", "").replace(" linkdown", "").strip())
            .map(line -> String.join(" ", look) + ": " + line)
            .forEach(seen::add);
      }
      namespace
          .run("ip", "-o", "link", "show")
          .lines()
          .map(line -> line.replaceFirst("^\\d+: ([^:]+):.*?( master \\S+|) .*", "$1$2"))
          .filter(line -> !line.startsWith(PEER))
          .forEach(seen::add);
      return seen;
    }

    String way(String family, String to, int mark) throws IOException {
      return namespace.run("ip", family, "route", "get", to, "mark", Marks.hex(mark));
    }

    boolean isUnreachable(String family, String to, int mark) {
      try {
        way(family, to, mark);
        return false;
      } catch (IOException e) {
        return e.getMessage().contains("No route to host");
      }
    }
  }
}
