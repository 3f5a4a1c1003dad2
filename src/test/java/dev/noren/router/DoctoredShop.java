package dev.noren.router;

import dev.noren.control.ControlClient;
import dev.noren.doctor.Diagnosis;
import dev.noren.status.Condition;
import dev.noren.status.Finding;
import dev.noren.status.LogQuery;
import dev.noren.street.NorenRouter;
import dev.noren.street.Running;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import dev.noren.street.Wait;
import dev.noren.text.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A street with a shop's router, and what its doctor says. */
final class DoctoredShop implements AutoCloseable {
  /** On a loaded machine; the goal is 10 s for what is seen at once, 30 s for what needs a try. */
  static final Duration TO_NAME = Duration.ofSeconds(90);

  private static final String PAGE = "www/nm";
  private static final String ONLINE = "NetworkManager is online\n";

  final ShopStreet street = ShopStreet.router();
  final ShopTunnel tunnel = new ShopTunnel(street);
  final NorenRouter router = new NorenRouter(street.noren());

  /** On its line the known page comes as it is. */
  DoctoredShop() {
    page(ONLINE);
  }

  /** Starts the router. */
  void start() {
    router.start(Map.of("NOREN_TEST_PAGE_HOST", "www.example"));
  }

  /** Something else comes instead of the known page from now on. */
  void page(String text) {
    street.folder().write(PAGE, text);
    Running.run("chmod", "0644", street.folder().path().resolve(PAGE).toString()).must();
  }

  /** The known page comes again. */
  void knownPage() {
    page(ONLINE);
  }

  /** What it says now, or null while it is still starting. */
  Diagnosis diagnosis() {
    try {
      return ControlClient.in(router.state(), Language.ENGLISH).diagnose();
    } catch (IOException e) {
      return null;
    }
  }

  /** All that it finds now. */
  List<Finding> findings() {
    Diagnosis now = diagnosis();
    return now == null
        ? List.of()
        : Stream.concat(Stream.of(now.finding()), now.also().stream())
            .filter(Objects::nonNull)
            .toList();
  }

  /** Waits until the doctor says this of the box or its line, and prints how long that took. */
  void names(String number, String what, long sinceNs) {
    Wait.until(
        number + " " + what,
        TO_NAME,
        () -> {
          Diagnosis now = diagnosis();
          return now != null && now.finding() != null && now.finding().number().equals(number);
        },
        () -> diagnosis() + router.process().said());
    print(number, what, sinceNs);
  }

  /** Waits until this is the state of health, with this finding or none. */
  void fares(String state, String number) {
    Wait.until(
        "it is " + state + " for " + number,
        TO_NAME,
        () -> {
          Condition now = condition();
          String found = now == null || now.finding() == null ? null : now.finding().number();
          return now != null && now.state().equals(state) && Objects.equals(found, number);
        },
        () -> condition() + log() + router.process().said());
  }

  private Condition condition() {
    try {
      return ControlClient.in(router.state(), Language.ENGLISH).status().condition();
    } catch (IOException e) {
      return null;
    }
  }

  static void print(String number, String what, long sinceNs) {
    System.out.printf(
        "doctor: %s %s, named after %.1f s%n", number, what, (System.nanoTime() - sinceNs) / 1e9);
  }

  /** Waits until all was asked and nothing was found. */
  void awaitNothing() {
    Wait.until(
        "nothing is wrong",
        TO_NAME,
        () -> {
          Diagnosis now = diagnosis();
          return now != null && now.settled() && now.finding() == null;
        },
        () -> diagnosis() + router.process().said());
  }

  /** What was written down. */
  String log() {
    try {
      return ControlClient.in(router.state(), Language.ENGLISH)
          .log(new LogQuery(null, null, 100))
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    router.close();
    tunnel.close();
    street.close();
  }
}
