package dev.noren.plan;

import dev.noren.config.ConfigException;
import dev.noren.config.TunnelName;
import dev.noren.config.WgQuickFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The wg-quick files under src/test/resources/plan, each with the plan it must give beside it. A
 * comment "# facts: key=value …" says what the machine is like.
 */
public final class GoldenPlans {
  private static final String FACTS = "# facts: ";

  private GoldenPlans() {}

  /** The files, sorted. */
  public static List<Path> files() throws IOException, URISyntaxException {
    Path folder = Path.of(GoldenPlans.class.getResource("/plan").toURI());
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    }
  }

  /** The plan of one of them. */
  public static QuickPlan plan(Path file) throws IOException, ConfigException {
    String text = Files.readString(file);
    return QuickPlan.of(
        TunnelName.ofFile(file.toString()), WgQuickFile.parse(file.toString(), text), facts(text));
  }

  private static MachineFacts facts(String text) {
    Map<String, String> facts = new HashMap<>();
    text.lines()
        .filter(line -> line.startsWith(FACTS))
        .flatMap(line -> Arrays.stream(line.substring(FACTS.length()).split(" ")))
        .map(fact -> fact.split("=", 2))
        .forEach(fact -> facts.put(fact[0], fact[1]));
    return new MachineFacts(
        Integer.parseInt(facts.getOrDefault("mtu", "0")),
        Arrays.stream(facts.getOrDefault("tables", "254").split(","))
            .map(Long::valueOf)
            .collect(Collectors.toSet()),
        Integer.parseInt(facts.getOrDefault("rule4", "32766")),
        Integer.parseInt(facts.getOrDefault("rule6", "32766")),
        Boolean.parseBoolean(facts.getOrDefault("ipv6", "true")),
        Integer.parseInt(facts.getOrDefault("valid", "0")));
  }

  /** A plan as a person reads it. */
  static String text(QuickPlan plan) {
    StringBuilder text = new StringBuilder();
    text.append("interface ").append(plan.name());
    text.append(", MTU ").append(plan.mtuBytes());
    text.append(", mark ").append(plan.fwMark()).append('\n');
    for (Step.Phase phase : Step.Phase.values()) {
      text.append('\n').append(phase).append('\n');
      plan.steps().stream().filter(s -> s.phase() == phase).forEach(s -> add(text, s));
    }
    return text.toString();
  }

  private static void add(StringBuilder text, Step step) {
    add(text, "  ", step.action());
    step.undos().forEach(undo -> add(text, "      undo " + undo.scope() + ": ", undo.action()));
  }

  private static void add(StringBuilder text, String start, Action action) {
    text.append(start);
    switch (action) {
      case null -> text.append("(nothing)\n");
      case Action.Hook hook -> text.append("shell: ").append(hook.text()).append('\n');
      case Action.SetDns dns -> {
        text.append("resolv.conf:\n");
        dns.text().lines().forEach(line -> text.append("    | ").append(line).append('\n'));
      }
      case Action.ResetDns reset -> text.append("resolv.conf as before\n");
      case Action.Command command -> {
        text.append(String.join(" ", command.arguments())).append('\n');
        command.stdin().lines().forEach(line -> text.append("    | ").append(line).append('\n'));
      }
    }
  }
}
