package dev.noren.plan;

import dev.noren.config.ConfigException;
import dev.noren.config.MacAddress;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.RouterFacts.Lease;
import dev.noren.plan.RouterFacts.Port;
import dev.noren.text.Said;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The cases under src/test/resources/router, each with the plan it must give beside it: what was
 * seen, one thing a line, and after an empty line the document.
 *
 * @param name the file's
 * @param config the document
 * @param claimed whether there is a line "claimed"
 * @param facts the other lines
 */
public record RouterCases(String name, RouterConfig config, boolean claimed, RouterFacts facts) {
  /** All of them, sorted. */
  public static List<RouterCases> all() throws IOException, URISyntaxException, ConfigException {
    Path folder = Path.of(RouterCases.class.getResource("/router").toURI());
    List<RouterCases> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".case")).sorted().toList()) {
        cases.add(read(file));
      }
    }
    return cases;
  }

  /** The one of this name. */
  public static RouterCases of(String name) throws Exception {
    return all().stream().filter(each -> each.name.equals(name)).findFirst().orElseThrow();
  }

  /** Its plan. */
  public RouterPlan plan() {
    return RouterPlan.of(config, claimed, facts);
  }

  private static RouterCases read(Path file) throws IOException, ConfigException {
    String text = Files.readString(file);
    int gap = text.indexOf("\n\n");
    Reader reader = new Reader();
    text.substring(0, gap).lines().forEach(reader::line);
    String name = file.getFileName().toString().replace(".case", "");
    RouterConfig config = RouterJson.read(name, text.substring(gap));
    return new RouterCases(name, config, reader.claimed, reader.facts());
  }

  private static final class Reader {
    private final List<Port> ports = new ArrayList<>();
    private final Map<String, Lease> leases = new TreeMap<>();
    private final Set<String> sick = new HashSet<>();
    private final Map<String, List<IpAddress>> endpoints = new TreeMap<>();
    private boolean claimed;
    private boolean ipv6 = true;
    private String machineId;
    private String wan;
    private Cidr chosenLan;

    void line(String line) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "claimed" -> claimed = true;
        case "no-ipv6" -> ipv6 = false;
        case "machine" -> machineId = words[1];
        case "wan" -> wan = words[1];
        case "lan" -> chosenLan = Cidr.parse(words[1]);
        case "sick" -> sick.add(words[1]);
        case "endpoint" -> endpoints.put(words[1], addresses(words[2]));
        case "lease" -> leases.put(words[1], lease(words));
        case "port" ->
            ports.add(
                new Port(
                    words[1],
                    new MacAddress("02:00:00:00:01:%02x".formatted(ports.size())),
                    words[2].equals("up"),
                    Integer.parseInt(words[3])));
        default -> throw new IllegalArgumentException(line);
      }
    }

    RouterFacts facts() {
      return new RouterFacts(
          machineId, ports, leases, wan, sick, endpoints, ipv6, chosenLan, TunnelNumbers.NONE);
    }

    private static Lease lease(String[] words) {
      Map<String, String> more = new TreeMap<>();
      for (String word : List.of(words).subList(4, words.length)) {
        String[] sides = word.split("=", 2);
        more.put(sides[0], sides[1]);
      }
      return new Lease(
          Cidr.parse(words[2]),
          words[3].equals("-") ? null : IpAddress.parse(words[3]),
          addresses(more.getOrDefault("dns", "")),
          more.get("domain"),
          Integer.parseInt(more.getOrDefault("mtu", "0")),
          more.containsKey("delegated") ? Cidr.parse(more.get("delegated")) : null);
    }

    private static List<IpAddress> addresses(String text) {
      return Arrays.stream(text.split(",", -1))
          .filter(each -> !each.isEmpty())
          .map(IpAddress::parse)
          .toList();
    }
  }

  /** A plan as a person reads it. */
  static String text(RouterPlan plan) {
    StringBuilder text = new StringBuilder();
    section(text, "REMARKS", Said.english(plan.remarks()));
    section(text, "LAYOUT", layout(plan.layout()));
    section(
        text,
        "SETTINGS",
        plan.settings().stream().map(each -> each.key() + " = " + each.value()).toList());
    commands(text, "LINKS", plan.links());
    commands(text, "ADDRESSES", plan.addresses());
    commands(text, "ROUTES", plan.routes());
    commands(text, "RULES", plan.rules());
    section(text, "TUNNELS", plan.tunnels().stream().map(RouterCases::tunnel).toList());
    for (ServicePlan service : plan.services()) {
      List<String> lines = new ArrayList<>(List.of(String.join(" ", service.command())));
      new TreeMap<>(service.files())
          .forEach(
              (name, file) -> {
                lines.add("file " + name);
                file.lines().forEach(line -> lines.add(("  | " + line).stripTrailing()));
              });
      section(text, "SERVICE " + service.name(), lines);
    }
    return text.toString();
  }

  private static List<String> layout(Layout layout) {
    List<String> lines = new ArrayList<>();
    lines.add(layout.role() + (layout.claimed() ? ", claimed" : ", unclaimed"));
    layout.lines().forEach(line -> lines.add(line.toString()));
    lines.add(String.valueOf(layout.lan()));
    lines.add("candidates " + layout.candidates());
    return lines;
  }

  private static String tunnel(TunnelPlan tunnel) {
    return tunnel.device()
        + ", number "
        + tunnel.number()
        + ", MTU "
        + tunnel.mtuBytes()
        + ", far ends "
        + new TreeMap<>(tunnel.endpoints());
  }

  private static void commands(StringBuilder text, String title, List<Deed.Command> commands) {
    List<String> lines = new ArrayList<>();
    for (Deed.Command command : commands) {
      lines.add(String.join(" ", command.does()));
      if (!command.undoes().isEmpty()) {
        lines.add("    undo: " + String.join(" ", command.undoes()));
      }
    }
    section(text, title, lines);
  }

  private static void section(StringBuilder text, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n").append(title).append('\n');
      lines.forEach(line -> text.append("  ").append(line).append('\n'));
    }
  }
}
