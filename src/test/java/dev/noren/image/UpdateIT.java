package dev.noren.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.PageUser;
import dev.noren.street.ShopStreet;
import dev.noren.street.TempFolder;
import dev.noren.street.Wait;
import dev.noren.text.Language;
import dev.noren.update.UpdateState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From one version to the next, by the page: good files and bad ones, and what becomes of each. */
@Tag("image")
class UpdateIT {
  private static final Pattern STATE = Pattern.compile("\"state\": ?\"([a-z]+)\"");
  private static final Pattern VERSION = Pattern.compile("\"version\": ?\"([^\"]+)\"");

  /** Where this box looks for newer versions; nothing is there until a test puts it there. */
  private static final String SITE = "http://www.example/";

  private static final String LIST = "noren.updates";

  private static final int MOST_BETWEEN_MS = 1_000;

  /** A restart and a minute of good health, of which an emulated processor makes many. */
  private static final Duration TRIAL = Duration.ofMinutes(15);

  private final TempFolder folder = new TempFolder();
  private final NextVersion next = new NextVersion(folder);
  private ShopStreet street;
  private Card card;
  private Box box;
  private PageUser owner;

  @BeforeEach
  void build() {
    street = ShopStreet.router();
    street.noren().ip("link add eth2 type veth peer name spare");
    card = new Card();
    box =
        new Box(
            street.noren(),
            card,
            "echo %s%s >/usr/share/noren/updates\n".formatted(SITE, LIST),
            List.of());
    box.mayRestart();
    box.powerOn();
    owner = BoxOwner.claim(street, BoxOwner.code(box));
  }

  @AfterEach
  void remove() {
    box.close();
    card.close();
    street.close();
    folder.close();
  }

  /** What the page knows of it: the state, and the version that it is about. */
  private String state() {
    String said;
    try {
      said = owner.ask("/api/v1/update");
    } catch (AssertionError e) {
      return "nothing: " + e.getMessage();
    }
    Matcher state = STATE.matcher(said);
    Matcher version = VERSION.matcher(said);
    return (state.find() ? state.group(1) : said) + (version.find() ? " " + version.group(1) : "");
  }

  private void awaitRefusal(String why) {
    UpdateState refused = UpdateState.parse("failed " + why);
    List<String> words =
        Stream.of(Language.values()).map(language -> refused.says().in(language)).toList();
    Wait.until(
        "it is refused: " + why,
        Box.SLOW,
        () -> words.stream().anyMatch(owner.ask("/api/v1/update")::contains),
        () -> owner.ask("/api/v1/update") + "\n" + box.said());
  }

  /** By the owner, who signs in again after a restart. */
  private void awaitAfterARestart(String state) {
    Wait.until(
        "the page says " + state,
        TRIAL,
        () -> {
          if (state().equals(state)) {
            return true;
          }
          try {
            owner.signIn();
          } catch (AssertionError e) {
            // It is not there yet, or has him still.
          }
          return false;
        },
        () -> "it says " + state() + "\n" + box.said());
  }

  private void give(Path file) {
    owner.giveUpdate(file, folder.path());
  }

  private void install(Path file, String version) {
    double before = box.onForSeconds();
    give(file);
    double given = box.onForSeconds();
    int looks = lookWhileItIsWritten(file, "ready " + version);
    System.out.printf(
        "A new version of %d MB: given in %.0f s, written and read back in %.0f s; as a power cut"
            + " would have left it %d times: what was whole would have started.%n",
        file.toFile().length() / 1_000_000, given - before, box.onForSeconds() - given, looks);
  }

  /** Stops the box again and again at moments that nobody knows, and looks at its card. */
  private int lookWhileItIsWritten(Path file, String end) {
    Random random = new Random();
    int[] looks = {0};
    Wait.until(
        "the page says " + end,
        Box.BOOT,
        () -> {
          Wait.pause(random.nextInt(MOST_BETWEEN_MS));
          box.stop();
          try {
            assertTrue(card.slots().startsWith("good=a try= left=0 "), card.slots());
            card.hasInSlotB(file);
            looks[0]++;
          } finally {
            box.goOn();
          }
          return state().equals(end);
        },
        () -> "it says " + state() + "\n" + box.said());
    box.stop();
    assertTrue(card.hasInSlotB(file));
    box.goOn();
    return looks[0];
  }

  private void tryIt() {
    owner.send("/api/v1/update/try", "{}");
  }

  @Test
  void badFilesAreRefusedAndAGoodVersionStays() {
    assertEquals("idle", state());
    give(next.signedByAnother("9.0.0"));
    awaitRefusal("signature");
    Path good = next.changed("9.0.2", "true");
    give(next.tampered(next.withoutRoot("9.0.1")));
    awaitRefusal("damaged");

    install(good, "9.0.2");
    double tried = box.onForSeconds();
    tryIt();
    awaitAfterARestart("idle");
    System.out.printf("A good version stays after %.0f s.%n", box.onForSeconds() - tried);
    assertTrue(card.slots().startsWith("good=b try= left=0 ready= back= "), card.slots());
  }

  @Tag("soak")
  @Test
  void oneThatTheSignedListNamesIsFetchedAndStays() {
    Path file = next.changed("9.0.5", "true");
    next.publish(file, SITE, street.folder().path().resolve("www"), LIST);
    owner.send("/api/v1/update/look", "{}");
    Wait.until(
        "the box knows of it",
        Box.SLOW,
        () -> owner.ask("/api/v1/update/news").contains("\"9.0.5\""),
        () -> owner.ask("/api/v1/update/news") + "\n" + box.said());
    double asked = box.onForSeconds();
    owner.send("/api/v1/update/fetch", "{}");
    lookWhileItIsWritten(file, "ready 9.0.5");
    System.out.printf(
        "A version of the list was fetched, written and read back in %.0f s.%n",
        box.onForSeconds() - asked);
    tryIt();
    awaitAfterARestart("idle");
    assertTrue(card.slots().startsWith("good=b try= left=0 ready= back= "), card.slots());
  }

  @Tag("soak")
  @Test
  void oneThatDoesNotStartGoes() {
    install(next.withoutRoot("9.0.1"), "9.0.1");
    double tried = box.onForSeconds();
    tryIt();
    awaitAfterARestart("returned 9.0.1");
    System.out.printf(
        "A version that does not start: the old one was back after %.0f s.%n",
        box.onForSeconds() - tried);
    assertTrue(card.slots().startsWith("good=a try= left=0 ready= back=9.0.1 "), card.slots());
  }

  /** They start, and the router says nothing, or is none; after some rounds the old one is back. */
  @Tag("soak")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rm -r \"$root/usr/share/noren/noren.jar\"",
        "printf '#!/bin/sh\\nexec sleep 100000\\n' >\"$root/usr/bin/noren\"",
        "rm \"$root/usr/lib/noren/boot\"",
      })
  void oneThatStartsAndIsNotWellGoes(String harm) {
    box.cutPower();
    card.say("rounds", "8");
    box.mayRestart();
    box.powerOn();
    awaitAfterARestart("idle");
    install(next.changed("9.0.3", harm), "9.0.3");
    tryIt();
    awaitAfterARestart("returned 9.0.3");
    assertTrue(card.slots().startsWith("good=a try= left=0 ready= back=9.0.3 "), card.slots());
  }

  /** In the midst of an update: it is as if there had been none, and another is taken. */
  @Tag("soak")
  @RepeatedTest(3)
  void aPowerCutWhileItIsWrittenLeavesTheOldOne() {
    Path file = next.withoutRoot("9.0.4");
    give(file);
    Wait.pause(new Random().nextInt(15_000));
    box.cutPower();
    boolean whole = card.hasInSlotB(file);
    box.mayRestart();
    box.powerOn();
    awaitAfterARestart(whole && card.slots().contains("ready=9.0.4 ") ? "ready 9.0.4" : "idle");
    install(file, "9.0.4");
  }
}
