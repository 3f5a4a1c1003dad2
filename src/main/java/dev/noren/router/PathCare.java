package dev.noren.router;

import dev.noren.probe.Volley;
import dev.noren.probe.Volley.Said;
import dev.noren.probe.Volley.Shot;
import dev.noren.router.PathSizes.Ask;
import dev.noren.router.PathSizes.Way;
import dev.noren.text.Past;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.tinylog.Logger;

/**
 * Has echoes sent that show how large packets may be to come through each tunnel, and writes down
 * when that changes. A thread of its own waits for their answers. For the router's thread.
 */
final class PathCare {
  private static final Duration VOLLEY = Duration.ofMillis(1500);

  private final PathSizes sizes;
  private final Supplier<Collection<Way>> ways;
  private final Consumer<String> log;
  private final LongSupplier nowNs;
  private final SecureRandom random = new SecureRandom();
  private Ask asked;
  private FutureTask<Map<Shot, Said>> answers;

  /**
   * Nobody is asked yet.
   *
   * @param sizes what is found out
   * @param ways whom to ask
   * @param log takes what has changed
   */
  PathCare(
      PathSizes sizes, Supplier<Collection<Way>> ways, Consumer<String> log, LongSupplier nowNs) {
    this.sizes = sizes;
    this.ways = ways;
    this.log = log;
    this.nowNs = nowNs;
  }

  /** To be called a few times a second. */
  void look() {
    long now = nowNs.getAsLong();
    if (answers != null && answers.isDone()) {
      Map<String, Integer> before = sizes.passing();
      hear(now);
      tell(before, sizes.passing());
    }
    if (answers == null && sizes.isTime(now)) {
      asked = sizes.due(ways.get(), now);
      if (asked != null) {
        ask();
      }
    }
  }

  private void ask() {
    Set<Shot> shots = new HashSet<>();
    shots.add(small(asked.way()));
    asked.bytes().forEach(each -> shots.add(large(asked.way(), each)));
    answers = new FutureTask<>(() -> Volley.fire(shots, VOLLEY, random));
    Thread thread = new Thread(answers, "noren-path");
    thread.setDaemon(true);
    thread.start();
  }

  private static Shot small(Way way) {
    return Shot.echo(way.host(), way.mark());
  }

  private static Shot large(Way way, int bytes) {
    return Shot.echo(way.host(), way.mark(), bytes);
  }

  private void hear(long now) {
    FutureTask<Map<Shot, Said>> done = answers;
    answers = null;
    try {
      Map<Shot, Said> said = done.get();
      Set<Integer> came = new HashSet<>();
      for (int bytes : asked.bytes()) {
        if (said.get(large(asked.way(), bytes)) == Said.ANSWER) {
          came.add(bytes);
        }
      }
      Logger.debug("{}: of packets of {} bytes came {}", asked.way(), asked.bytes(), came);
      sizes.heard(asked, said.get(small(asked.way())) == Said.ANSWER, came, now);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      Logger.warn("What comes through tunnels is not known: {}.", e.getCause().getMessage());
      sizes.heard(asked, false, Set.of(), now);
    }
  }

  private void tell(Map<String, Integer> before, Map<String, Integer> now) {
    Map<String, Integer> all = new LinkedHashMap<>(before);
    all.putAll(now);
    for (String tunnel : all.keySet()) {
      Integer bytes = now.get(tunnel);
      if (bytes == null) {
        log.accept(Past.words("past.path-whole", tunnel));
      } else if (!bytes.equals(before.get(tunnel))) {
        log.accept(Past.words("past.path-narrow", tunnel, bytes));
      }
    }
  }
}
