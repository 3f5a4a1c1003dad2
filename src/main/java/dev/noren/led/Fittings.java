package dev.noren.led;

import dev.noren.led.Board.Button;
import dev.noren.led.Board.Driver;
import dev.noren.led.Board.Lamp;
import dev.noren.linux.Errno;
import dev.noren.linux.InputKeys;
import dev.noren.linux.LinuxException;
import dev.noren.linux.Poller;
import dev.noren.linux.Waiter;
import dev.noren.status.Signal.Form;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.tinylog.Logger;

/**
 * Opens what a board has. What is missing, or may not be used, is one warning, and the rest works
 * without it.
 */
final class Fittings implements AutoCloseable {
  /**
   * Where things are.
   *
   * @param dev devices: /dev
   * @param leds the kernel's LEDs: /sys/class/leds
   * @param state the state folder, for panels
   */
  record Places(Path dev, Path leds, Path state) {}

  private final Board board;
  private final Places places;
  private final Supplier<Pins> opener;
  private final Map<Path, Panel> panels = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private Pins pins;

  /**
   * @param opener gives the GPIO lines, once one is asked for
   */
  Fittings(Board board, Places places, Supplier<Pins> opener) {
    this.board = board;
    this.places = places;
    this.opener = opener;
  }

  /** What is missing, a sentence each. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  private void warn(String what, Exception why) {
    String sentence = what + " is not there: " + why.getMessage();
    warnings.add(sentence);
    Logger.warn("{}; the router runs on without it.", sentence);
  }

  /** The lamps in the form's order; null for one that is not there. */
  List<Led> lamps() {
    List<Led> parts = new ArrayList<>();
    for (Lamp lamp : board.lamps()) {
      try {
        parts.add(open(lamp));
      } catch (IOException e) {
        warn("the light " + lamp.name(), e);
        parts.add(null);
      }
    }
    if (board.form() != Form.RGB) {
      return Collections.unmodifiableList(parts);
    }
    // A part that is missing would make another colour of it.
    if (parts.contains(null)) {
      parts.stream().filter(part -> part != null).forEach(Led::close);
      return Collections.singletonList(null);
    }
    return List.of(new RgbLed(parts.get(0), parts.get(1), parts.get(2)));
  }

  private Led open(Lamp lamp) throws IOException {
    return switch (lamp.driver()) {
      case Driver.KernelClass led -> ClassLed.open(places.leds(), led.name());
      case Driver.Gpio led ->
          new PinLed(
              pins().output("light-" + lamp.name(), led.chip(), led.line(), led.activeLow()));
      case Driver.PanelFile led -> {
        Path file = places.state().resolve(led.file());
        Panel panel = panels.get(file);
        if (panel == null) {
          panel = new Panel(file);
          panels.put(file, panel);
          opened.add(panel);
        }
        yield panel.lamp(lamp.name());
      }
    };
  }

  /** Whatever Pi4J may find wrong with this machine keeps no router from running. */
  private Pins pins() throws IOException {
    if (pins == null) {
      try {
        pins = opener.get();
      } catch (RuntimeException | LinkageError e) {
        throw new IOException("Pi4J can't be used here (" + e.getMessage() + ")", e);
      }
    }
    return pins;
  }

  /**
   * Watches the button.
   *
   * @param contact told of each change from another thread
   */
  void button(Consumer<Boolean> contact) {
    try {
      switch (board.button()) {
        case Button.Gpio at ->
            pins().input("button", at.chip(), at.line(), at.activeLow(), at.pull(), contact);
        case Button.Key key -> watch(key, contact);
        case null -> {}
      }
    } catch (IOException e) {
      warn("the button", e);
    }
  }

  private void watch(Button.Key key, Consumer<Boolean> contact) throws IOException {
    InputKeys keys = InputKeys.byName(places.dev().resolve("input"), key.device());
    Waiter waiter;
    try {
      waiter = new Waiter(keys.fd());
    } catch (IOException e) {
      keys.close();
      throw e;
    }
    Thread thread = new Thread(() -> watch(keys, waiter, key.code(), contact), "noren-button");
    thread.setDaemon(true);
    thread.start();
    opened.add(
        () -> {
          keys.close();
          waiter.close();
        });
  }

  private static void watch(InputKeys keys, Waiter waiter, int code, Consumer<Boolean> contact) {
    try {
      while (!keys.fd().isClosed()) {
        boolean came = waiter.await() != 0 && (waiter.events(0) & Poller.IN) != 0;
        Boolean pressed = came ? keys.takeChanges(code) : null;
        if (pressed != null) {
          contact.accept(pressed);
        } else if (!came && !keys.fd().isClosed() && (waiter.events(0) & Poller.ERROR) != 0) {
          return;
        }
      }
    } catch (IOException e) {
      Logger.warn("The button is given up: {}.", e.getMessage());
    } finally {
      // What can't be let go any more would be held until the box forgets everything.
      contact.accept(false);
    }
  }

  /** The watchdog, or null. */
  Watchdog watchdog() {
    if (board.watchdog() == null) {
      return null;
    }
    try {
      return Watchdog.open(board.watchdog());
    } catch (LinuxException e) {
      if (e.errno() == Errno.EBUSY) {
        Logger.info("The watchdog is somebody else's; it is taken over as soon as it is free.");
        return Watchdog.whenFree(() -> Watchdog.open(board.watchdog()));
      }
      warn("the watchdog", e);
      return null;
    }
  }

  @Override
  public void close() {
    if (pins != null) {
      pins.close();
    }
    for (AutoCloseable each : opened) {
      try {
        each.close();
      } catch (Exception e) {
        Logger.debug("A part of the board could not be given back: {}", e.getMessage());
      }
    }
  }
}
