package dev.noren.router;

import dev.noren.config.LedConfig;
import dev.noren.control.LightDesk;
import dev.noren.control.Presence;
import dev.noren.led.Board;
import dev.noren.led.BoardFile;
import dev.noren.led.Lights;
import dev.noren.led.MinuteOfDay;
import dev.noren.linux.Fd;
import dev.noren.services.RootHelper;
import dev.noren.status.Health;
import dev.noren.status.Signal;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.List;
import org.tinylog.Logger;

/**
 * The box's lights as the router has them: the root helper hands the kernel's LEDs over, and as
 * long as it hears of us, it leaves them to us. What of it is missing keeps no router from running.
 */
final class BoxLights implements AutoCloseable {
  private static final int MINUTES = 60;

  private final Lights lights;
  private final Presence presence;

  /** Held while the router lives: the helper sees its end. Null where it hands over nothing. */
  private final Fd alive;

  private volatile boolean stopped;

  private BoxLights(Lights lights, Presence presence, Fd alive) {
    this.lights = lights;
    this.presence = presence;
    this.alive = alive;
  }

  /**
   * Lights them.
   *
   * @param file what the board has, or null for nothing
   * @param presence is told of a short press of the button
   * @param held what to do when the button was held for 2 s, and let go before the lights warned
   * @param reset what to do when it is held for 10 s
   */
  static BoxLights start(
      Path file, Path state, Lights.Pulse pulse, Presence presence, Runnable held, Runnable reset) {
    Board board = Board.NONE;
    if (file != null) {
      try {
        board = BoardFile.read(file);
      } catch (IOException e) {
        Logger.warn("The board's file can't be used, and the router runs without it: {}.", said(e));
      }
    }
    Fd alive = board.kernelLeds().isEmpty() ? null : handedOver(state, board.kernelLeds());
    return new BoxLights(
        Lights.start(board, state, pulse, wishes(presence, held, reset), MinuteOfDay.ofMachine()),
        presence,
        alive);
  }

  /** What a person does with the button. */
  private static Lights.Wishes wishes(Presence presence, Runnable held, Runnable reset) {
    return new Lights.Wishes() {
      @Override
      public void pressed(long atNs) {
        Logger.info("The button was pressed.");
        presence.pressed(atNs);
      }

      @Override
      public void held() {
        held.run();
      }

      @Override
      public void reset() {
        reset.run();
      }
    };
  }

  private static String said(IOException e) {
    return e instanceof NoSuchFileException ? "there is no " + e.getMessage() : e.getMessage();
  }

  private static Fd handedOver(Path state, List<String> leds) {
    RootHelper helper = RootHelper.in(state);
    try {
      helper.ask("leds " + String.join(" ", leds));
      return helper.awaitPipe("alive");
    } catch (IOException e) {
      Logger.warn(
          "The kernel's LEDs are not handed over, so that they don't show it when this program"
              + " ends: {}.",
          e.getMessage());
      return null;
    }
  }

  /** The router has looked around. */
  void looks(Health health, LedConfig config) {
    lights.looks(health);
    if (config.nightFrom() == null) {
      lights.noNight();
    } else {
      lights.night(minute(config.nightFrom()), minute(config.nightTo()));
    }
  }

  private static int minute(LocalTime time) {
    return time.getHour() * MINUTES + time.getMinute();
  }

  /** What they show. */
  LightDesk.Shown shown() {
    Signal signal = lights.shown();
    return new LightDesk.Shown(
        signal.key(), lights.form(), presence.secondsAgo(System.nanoTime()), lights.warnings());
  }

  void identify(int seconds) {
    lights.identify(seconds);
  }

  int test() {
    return lights.test();
  }

  void updating() {
    lights.updating();
  }

  /** The card begins to be written to, or that is over. */
  void writing(boolean begins) {
    lights.writing(begins);
  }

  /** The router has ended as it should: what comes now is no fault. */
  void stopped() {
    stopped = true;
  }

  /**
   * Ends them. After {@link #stopped} they are dark, the watchdog is stopped and the helper hears
   * that all is well; else they say that there was a fault, the helper only sees us go, and the
   * watchdog restarts the machine unless the router is there again in time.
   */
  @Override
  public void close() {
    if (stopped) {
      lights.close();
    } else {
      lights.fail();
    }
    if (alive != null) {
      try (alive) {
        if (stopped) {
          RootHelper.write(alive, "bye\n");
        }
      } catch (IOException e) {
        Logger.debug("The helper is not told that this is an orderly end: {}", e.getMessage());
      }
    }
  }
}
