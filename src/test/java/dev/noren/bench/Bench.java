package dev.noren.bench;

import dev.noren.street.Maker;
import dev.noren.street.Street;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code make bench}: the same load through a tunnel of each contestant in turn, again and again (A
 * B A B), since a machine's speed drifts; medians and ratios at the end, as text, and in
 * target/bench as JSON and as a picture. What the environment may ask: {@link Settings}.
 */
public final class Bench {
  private static final Path FOLDER = Maker.base().resolve("target/bench");

  private final Settings settings;
  private final List<Contestant> contestants;
  private final Map<String, String> head;
  private final Results results;
  private boolean measuredAny;

  private Bench(Settings settings) {
    this.settings = settings;
    contestants = Contestant.all(settings.peers());
    head = Head.of(settings);
    results = new Results(contestants);
  }

  /** Runs it. Needs root and a TUN device. Exit code 2 means that nothing could be measured. */
  public static void main(String[] args) throws Exception {
    Settings settings;
    try {
      settings = Settings.of(System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println("make bench: " + e.getMessage());
      System.exit(2);
      return;
    }
    System.exit(new Bench(settings).run() ? 0 : 2);
  }

  private boolean run() throws IOException {
    head.forEach((name, value) -> System.out.printf("%-9s %s%n", name, value));
    for (Part part : settings.only()) {
      for (int round = 1; round <= settings.rounds(); round++) {
        round(part, round);
      }
      // After each part, so that a bench that is broken off leaves what it has.
      write();
    }
    System.out.printf("%n%s%n", Table.of(results));
    System.out.println("The same in " + FOLDER + "/bench.json and bench.svg.");
    return measuredAny;
  }

  private void round(Part part, int round) {
    List<Contestant> takingPart =
        contestants.stream().filter(c -> round <= part.mostRounds(c.role())).toList();
    if (!takingPart.isEmpty()) {
      System.out.printf("%n%s, round %d%n", part.word(), round);
      takingPart.forEach(contestant -> run(part, round, contestant));
    }
  }

  /** A run that goes wrong is told of and left out: the others are no worse for it. */
  private void run(Part part, int round, Contestant contestant) {
    try (Street street = Street.open()) {
      Map<Measure, Double> run = part.run(contestant, street, settings.seconds());
      results.add(contestant, round, run);
      measuredAny = true;
      System.out.println(Table.line(contestant, run));
    } catch (AssertionError | RuntimeException e) {
      System.out.println(contestant.name() + " is left out of this round. " + e.getMessage());
    }
  }

  private void write() throws IOException {
    Files.createDirectories(FOLDER);
    Files.writeString(FOLDER.resolve("bench.json"), Json.of(head, results));
    Files.writeString(FOLDER.resolve("bench.svg"), new Plot(head, results).svg());
  }
}
