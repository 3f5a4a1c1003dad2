package dev.noren.led;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.led.Fittings.Places;
import dev.noren.status.Health;
import dev.noren.status.Signal;
import dev.noren.status.Signal.Form;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The box's lights, button and watchdog, with the one thread that cares for them: it sleeps until
 * the next edge of a rhythm, or until it is told something. Any thread may call.
 */
public final class Lights implements AutoCloseable {
  private static final Path DEV = Path.of("/dev");
  private static final Path LEDS = Path.of("/sys/class/leds");
  private static final long JOIN_MS = 2_000;

  /** How often to look whether it is night. */
  private static final long NIGHT_LOOK_NS = SECONDS.toNanos(20);

  /** So long people see at least that the card was written to. */
  private static final long SEEN_NS = SECONDS.toNanos(4);

  /** Longer than it takes, whatever becomes of who writes. */
  private static final long MOST_WRITING_NS = SECONDS.toNanos(120);

  /** Says how the packets' way gets on. */
  @FunctionalInterface
  public interface Pulse {
    /** How long one of its loops has not moved, nanoseconds; 0 where all wait or move. */
    long stuckNs(long nowNs);
  }

  /** What a person wants by the button. Called on a thread of its own. */
  public interface Wishes {
    /**
     * A short press.
     *
     * @param atNs when it was let go, by System.nanoTime
     */
    void pressed(long atNs);

    /** Held for 2 to 5 s: a support file is wanted on the card. */
    void held();

    /** Held for 10 s: the box is to forget everything. */
    void reset();
  }

  private final LightState state = new LightState();
  private final ButtonMachine button = new ButtonMachine();
  private final Wishes wishes;
  private final IntSupplier minuteOfDay;
  private final Fittings fittings;
  private final Form form;
  private final LightLoop loop;
  private final Feeder feeder;
  private final Thread thread;
  private volatile boolean contact;
  private volatile boolean ending;
  private volatile long lookedNs = System.nanoTime();
  private volatile long writingFromNs;
  private volatile Night night = Night.NEVER;
  private volatile Signal shown;

  private Lights(
      Board board,
      Places places,
      Supplier<Pins> pins,
      Pulse pulse,
      Wishes wishes,
      IntSupplier minute) {
    this.wishes = wishes;
    this.minuteOfDay = minute;
    form = board.form() == null ? Form.THREE : board.form();
    fittings = new Fittings(board, places, pins);
    loop = new LightLoop(state, form, board.form() == null ? List.of() : fittings.lamps());
    Watchdog watchdog = fittings.watchdog();
    feeder = watchdog == null ? null : new Feeder(watchdog, pulse, System.nanoTime());
    fittings.button(
        now -> {
          contact = now;
          poke();
        });
    thread = new Thread(this::run, "noren-lights");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Lights a board's lamps and watches its button.
   *
   * @param state the state folder
   * @param pulse how the packets' way gets on
   * @param minuteOfDay the time of day as people there have it, minutes after midnight
   */
  public static Lights start(
      Board board, Path state, Pulse pulse, Wishes wishes, IntSupplier minuteOfDay) {
    return start(
        board, new Places(DEV, LEDS, state), () -> Pins.in(DEV), pulse, wishes, minuteOfDay);
  }

  /** The same with other places. */
  static Lights start(
      Board board,
      Places places,
      Supplier<Pins> pins,
      Pulse pulse,
      Wishes wishes,
      IntSupplier minuteOfDay) {
    return new Lights(board, places, pins, pulse, wishes, minuteOfDay);
  }

  private void poke() {
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!ending) {
      long now = System.nanoTime();
      long next = turn(now);
      if (next == LightLoop.NEVER) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, Math.max(1, next - now));
      }
    }
  }

  private long turn(long now) {
    long next = press(now);
    Night rest = night;
    next = Math.min(next, loop.turn(now, rest.has(minuteOfDay.getAsInt())));
    shown = loop.shown();
    if (feeder != null) {
      next = Math.min(next, feeder.turn(now, lookedNs));
    }
    return rest.equals(Night.NEVER) ? next : Math.min(next, now + NIGHT_LOOK_NS);
  }

  private long press(long now) {
    switch (button.at(contact, now)) {
      case PRESSED -> {
        state.wake(now);
        wish(() -> wishes.pressed(now));
      }
      case HELD -> {
        state.wake(now);
        wish(wishes::held);
      }
      case RESET -> wish(wishes::reset);
      default -> {}
    }
    state.armed(button.isArmed());
    return button.nextNs();
  }

  private static void wish(Runnable what) {
    Thread thread = new Thread(what, "noren-wish");
    thread.setDaemon(true);
    thread.start();
  }

  /** The router has looked around, and this is how it fares. */
  public void looks(Health health) {
    lookedNs = System.nanoTime();
    if (state.health(health)) {
      poke();
    }
  }

  /** When the lights rest, minutes after midnight; it may go over midnight. */
  public void night(int from, int to) {
    Night before = night;
    if (from != before.from() || to != before.to()) {
      night = new Night(from, to);
      poke();
    }
  }

  /** The lights never rest. */
  public void noNight() {
    if (!night.equals(Night.NEVER)) {
      night = Night.NEVER;
      poke();
    }
  }

  /** Shows which box it is for so long; 0 ends that. */
  public void identify(int seconds) {
    long now = System.nanoTime();
    state.wake(now);
    state.identifyUntil(now + SECONDS.toNanos(seconds));
    poke();
  }

  /** Shows each signal in turn; returns how many seconds that takes. */
  public int test() {
    state.test(System.nanoTime());
    poke();
    return (int) NANOSECONDS.toSeconds(LightState.TEST_STEP_NS);
  }

  /** From now on the box is being written to. */
  public void updating() {
    state.updating();
    poke();
  }

  /** The card begins to be written to, or that is over; people see it for some seconds at least. */
  public void writing(boolean begins) {
    long now = System.nanoTime();
    if (begins) {
      writingFromNs = now;
    }
    state.writingUntil(begins ? now + MOST_WRITING_NS : Math.max(now, writingFromNs + SEEN_NS));
    poke();
  }

  /** What is shown. */
  public Signal shown() {
    Signal now = shown;
    return now == null ? state.at(System.nanoTime(), false) : now;
  }

  /** Which lamps there are, or would be. */
  public Form form() {
    return form;
  }

  /** What of the board is missing, a sentence each. */
  public List<String> warnings() {
    return fittings.warnings();
  }

  /** The one thread's, for tests that ask what it costs. */
  long threadId() {
    return thread.threadId();
  }

  /**
   * Ends it orderly: the lights are dark, and the watchdog is stopped.
   *
   * <p>Without this the process ends as after a fault, for which there is {@link #fail}.
   */
  @Override
  public void close() {
    endThread();
    loop.close();
    if (feeder != null) {
      feeder.release();
    }
    fittings.close();
  }

  /**
   * Leaves the lights as they are to be when the router's program has ended by a fault: nothing is
   * given back, as that would make them dark, and the watchdog goes on unfed.
   */
  public void fail() {
    endThread();
    loop.leave(LightState.ENDED);
  }

  private void endThread() {
    ending = true;
    poke();
    try {
      thread.join(JOIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
