package dev.noren.bench;

import dev.noren.street.Ran;
import dev.noren.street.Running;
import dev.noren.street.Street;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code make bench}: the same load through a tunnel of each contestant in turn, again and again (A
 * B A B), since a machine's speed drifts; medians and ratios at the end.
 *
 * <p>Environment: ROUNDS (3), SECONDS of each load (5), PEERS (more contestants, see {@link
 * Contestant#all}).
 */
public final class Bench {
  private Bench() {}

  /** Runs it. Needs root and a TUN device. */
  public static void main(String[] args) throws Exception {
    int rounds = number("ROUNDS", 3);
    int seconds = number("SECONDS", 5);
    try (Street street = Street.open()) {
      List<Contestant> contestants = Contestant.all(System.getenv().getOrDefault("PEERS", ""));
      head(rounds, seconds);
      Table table = new Table(contestants);
      System.out.println("run: TCP 1, TCP 4, UDP, ping, CPU s/GB, RSS");
      for (int round = 1; round <= rounds; round++) {
        for (int i = 0; i < contestants.size(); i++) {
          Map<Measure, Double> run = Run.of(contestants.get(i), street, seconds);
          table.add(i, run);
          System.out.println(Table.line(contestants.get(i), run));
        }
      }
      System.out.println();
      System.out.print(table.render());
    }
  }

  private static void head(int rounds, int seconds) throws Exception {
    String model =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name") || line.startsWith("Model"))
            .map(line -> line.replaceFirst(".*:\\s*", ""))
            .findFirst()
            .orElse("unknown");
    Ran uname = Running.run("uname", "-srm");
    System.out.printf(
        "machine  %s, %d cores, %s%n",
        model, Runtime.getRuntime().availableProcessors(), uname.out().strip());
    System.out.printf(
        "java     %s %s (%s)%n",
        System.getProperty("java.vm.name"),
        System.getProperty("java.runtime.version"),
        System.getProperty("java.home"));
    System.out.printf(
        "street   two namespaces, a third that routes, veth, outer IPv4, MTU 1420; iperf3 and both"
            + " ends share the cores%n");
    System.out.printf("runs     %d rounds in turn, %d s a load%n%n", rounds, seconds);
  }

  private static int number(String variable, int otherwise) {
    return Integer.parseInt(System.getenv().getOrDefault(variable, Integer.toString(otherwise)));
  }
}
