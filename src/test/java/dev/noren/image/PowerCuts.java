package dev.noren.image;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.ConfigStore;
import dev.noren.street.PageUser;
import dev.noren.street.Ran;
import dev.noren.street.Running;
import dev.noren.street.TempFolder;
import dev.noren.street.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Somebody saves the shop's name on the page again and again, with a number behind it that grows,
 * while the power is cut at any moment. What had been answered before is there afterwards, or what
 * was being saved; nothing else, and nothing less.
 */
final class PowerCuts implements AutoCloseable {
  /** Before the first save has said how long one takes. */
  private static final long SAVE_MS = 1_000;

  /** Up to this e2fsck has left a whole file system. */
  private static final int REPAIRED = 2;

  private final Box box;
  private final Card card;
  private final PageUser owner;
  private final Random random;
  private final Thread saver;
  private final AtomicInteger stops = new AtomicInteger();
  private volatile int asked;
  private volatile int answered;
  private volatile long saveMs = SAVE_MS;
  private volatile boolean ending;

  /** Begins to save, with names after this number. */
  PowerCuts(Box box, Card card, PageUser owner, int after, long seed) {
    this.box = box;
    this.card = card;
    this.owner = owner;
    this.random = new Random(seed);
    asked = after;
    answered = after;
    saver = new Thread(this::save, "saver");
    saver.setDaemon(true);
    saver.start();
  }

  private void save() {
    while (!ending) {
      int next = answered + 1;
      int stoodStill = stops.get();
      long fromNs = System.nanoTime();
      asked = next;
      try {
        owner.send(
            "/api/v1/config/value", "{\"path\": \"name\", \"value\": \"kagura-" + next + "\"}");
      } catch (AssertionError e) {
        // The power is away, or a box that stood still answers late: the same is asked again.
        continue;
      }
      answered = next;
      if (stops.get() == stoodStill) {
        saveMs = NANOSECONDS.toMillis(System.nanoTime() - fromNs);
      }
    }
  }

  /** How long a save lasts, of those in whose midst the box did not stand still. */
  long saveMs() {
    return saveMs;
  }

  /** The last number that was answered. */
  int answered() {
    return answered;
  }

  /** Waits until some are saved, and then for up to twice as long as the next one takes. */
  void awaitSome() {
    int from = answered;
    Wait.until("names are saved", Box.SLOW, () -> answered > from, box::said);
    Wait.pause(random.nextLong(2 * saveMs + 1));
  }

  /**
   * Stops the box at some moment, looks as a start would at what its card has then, and lets it go
   * on.
   *
   * @return whether that is what was being saved, and not what was before it
   */
  boolean look() {
    awaitSome();
    try (TempFolder folder = new TempFolder()) {
      Path data = folder.path().resolve("data");
      int least;
      int most;
      box.stop();
      stops.incrementAndGet();
      try {
        // An answer that has left the box may be on its way still.
        Wait.pause(100);
        least = answered;
        most = asked;
        card.copyData(data);
      } finally {
        box.goOn();
      }
      Ran check = Running.run("e2fsck", "-p", data.toString());
      assertTrue(check.exit() <= REPAIRED, check.said());
      folder.folder("state");
      Path state = folder.path().resolve("state");
      Running.run("debugfs", "-R", "rdump noren " + state, data.toString()).must();
      // The router's user is not one of this machine's.
      Running.run("chown", "-R", "0:0", state.toString()).must();
      return check(name(state.resolve("noren")), least, most);
    }
  }

  private static String name(Path state) {
    try {
      ConfigStore.Loaded loaded = ConfigStore.in(state).load();
      assertTrue(loaded.notices().isEmpty(), () -> "" + loaded.notices());
      return loaded.current().config().name();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Fails where a name is neither the last that was answered nor one that was being saved.
   *
   * @return whether it is the latter
   */
  static boolean check(String name, int answered, int asked) {
    assertTrue(
        name.equals("kagura-" + answered) || name.equals("kagura-" + asked),
        "it has %s, where %d was answered and %d asked for".formatted(name, answered, asked));
    return !name.equals("kagura-" + answered);
  }

  /** The last number that was asked for. */
  int asked() {
    return asked;
  }

  /** Saves no more; returns when the last was answered, or can't be any more. */
  @Override
  public void close() {
    ending = true;
    Wait.until("the last name is saved", Box.SLOW, () -> !saver.isAlive(), box::said);
  }
}
