package dev.noren.router;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MINUTES;

import dev.noren.history.Answers;
import dev.noren.history.History;
import dev.noren.history.HistoryBytes;
import dev.noren.history.Usual;
import dev.noren.state.StateFile;
import dev.noren.status.Carried;
import dev.noren.status.Carried.Way;
import dev.noren.status.Echoes;
import dev.noren.status.Trend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.tinylog.Logger;

/**
 * Keeps how lines and tunnels fared, in memory and in one file that is written every six hours and
 * at the end: a card bears so many writes and no more, and a power cut loses six hours of it at
 * most. For the router's thread.
 */
final class HistoryKeeper implements AutoCloseable {
  /** How often the file is written: four times a day. */
  static final long SAVE_NS = HOURS.toNanos(6);

  /** A program that is started again and again writes nothing at its ends. */
  static final long LEAST_NS = MINUTES.toNanos(10);

  private static final double PERCENT = 100;

  private final Path file;
  private final InstantSource clock;
  private final BooleanSupplier kept;
  private final LongSupplier nowNs;
  private Supplier<List<Echoes>> echoes = List::of;
  private final History history;
  private long savedNs;

  /**
   * What was kept, if anything.
   *
   * @param kept whether somebody keeps the clock
   * @param nowNs a clock that never jumps
   */
  HistoryKeeper(Path state, InstantSource clock, BooleanSupplier kept, LongSupplier nowNs) {
    this.file = state.resolve("history");
    this.clock = clock;
    this.kept = kept;
    this.nowNs = nowNs;
    this.savedNs = nowNs.getAsLong();
    this.history = read(file);
  }

  private static History read(Path file) {
    try {
      return HistoryBytes.read(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return new History();
    } catch (IOException | IllegalArgumentException e) {
      Logger.warn(
          "{} can't be read, so the traffic's history begins anew: {}", file, e.getMessage());
      return new History();
    }
  }

  /** How far ends answer, as far as it is known, without their being asked for it. */
  void asks(Supplier<List<Echoes>> known) {
    echoes = known;
  }

  /** Takes down what was carried in the last seconds. */
  void carried(Carried carried) {
    history.add(clock.instant(), kept.getAsBoolean(), carried, answers());
  }

  private Map<Way, Answers> answers() {
    Map<Way, Answers> answers = new HashMap<>();
    for (Echoes each : echoes.get()) {
      if (each.asked() > 0) {
        answers.merge(
            Way.tunnel(each.tunnel()),
            new Answers(
                each.lost() * PERCENT / each.asked(),
                each.microseconds() == null ? -1 : each.microseconds()),
            Answers::worst);
      }
    }
    return answers;
  }

  /** What is usual of a line or tunnel, or null where nothing is known. */
  Usual usual(Way way) {
    return history.usual(way);
  }

  /** How they fared until now. */
  Trend trend(Trend.By by) {
    return history.trend(by, clock.instant());
  }

  /** To be called now and then. */
  void look() {
    if (nowNs.getAsLong() - savedNs >= SAVE_NS) {
      save();
    }
  }

  private void save() {
    savedNs = nowNs.getAsLong();
    try {
      StateFile.write(file, HistoryBytes.of(history));
    } catch (IOException e) {
      Logger.warn("The traffic's history is not kept: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    if (nowNs.getAsLong() - savedNs >= LEAST_NS) {
      save();
    }
  }
}
