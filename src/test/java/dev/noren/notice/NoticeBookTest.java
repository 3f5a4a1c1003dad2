package dev.noren.notice;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.HostPort;
import dev.noren.config.MacAddress;
import dev.noren.config.NoticesConfig;
import dev.noren.config.NoticesConfig.Event;
import dev.noren.config.NoticesConfig.Mail;
import dev.noren.config.NoticesConfig.Security;
import dev.noren.config.NoticesConfig.Webhook;
import dev.noren.config.WebAddress;
import dev.noren.net.IpAddress;
import dev.noren.notice.Notice.Channel;
import dev.noren.notice.Notice.Kind;
import dev.noren.notice.NoticeBook.Sending;
import dev.noren.status.Condition;
import dev.noren.status.Finding;
import dev.noren.status.Health;
import dev.noren.status.LogEntry;
import dev.noren.status.RouterStatus.Lease;
import dev.noren.text.Language;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each thing is told once, at its time. */
class NoticeBookTest {
  private static final long FIVE = MINUTES.toNanos(5);
  private static final Instant NOON = Instant.parse("2027-03-01T03:00:00Z");
  private static final Voice ENGLISH = new Voice(Language.ENGLISH, "shop", ZoneId.of("Asia/Tokyo"));
  private static final Voice JAPANESE =
      new Voice(Language.JAPANESE, "shop", ZoneId.of("Asia/Tokyo"));
  private static final Finding SILENT =
      new Finding(
          "4-2",
          "silent",
          true,
          "hq",
          null,
          Sentence.plain("The far end is silent."),
          List.of(Sentence.plain("Nothing came.")),
          Sentence.plain("Call them."));

  private static final Mail MAIL =
      new Mail("owner@shop.example", null, "smtp.example", 0, Security.TLS, null, null);
  private static final Webhook HOOK =
      new Webhook(new WebAddress(true, new HostPort("hook.example", 443), "/x"), null);

  /** An offset that a clock which never jumps may begin with. */
  private long nowNs = Long.MAX_VALUE - SECONDS.toNanos(60);

  private Instant at = NOON;
  private NoticeBook book;

  private static NoticesConfig config(Mail mail, Webhook hook, Set<Event> events) {
    return new NoticesConfig(Language.ENGLISH, mail, hook, events);
  }

  @BeforeEach
  void byMailOnly() {
    book = book(Memory.NONE, config(MAIL, null, EnumSet.allOf(Event.class)));
  }

  private NoticeBook book(Memory memory, NoticesConfig config) {
    NoticeBook made = new NoticeBook(memory, FIVE, ENGLISH);
    made.follow(config, ENGLISH, nowNs);
    return made;
  }

  private void pass(long ns) {
    nowNs += ns;
    at = at.plusNanos(ns);
  }

  private void is(Health health) {
    book.condition(new Condition(health, at, health.isWell() ? null : SILENT), at, nowNs);
  }

  private void is(Health health, long forNs) {
    is(health);
    pass(forNs);
    is(health);
  }

  /** Everything that is sent now, each as its kind and way. */
  private List<Notice> send() {
    List<Notice> sent = new ArrayList<>();
    for (Sending next = book.next(nowNs); next != null; next = book.next(nowNs)) {
      book.sent(next);
      sent.add(next.notice());
    }
    return sent;
  }

  private List<Kind> kinds() {
    return send().stream().map(Notice::kind).toList();
  }

  /** The time is counted from the first moment, and told once. */
  @Test
  void downForMoreThanFiveMinutesIsToldOnceWithItsFindingAndThatItIsBack() {
    is(Health.UP);
    is(Health.DOWN_4, FIVE);
    assertEquals(List.of(), send(), "five minutes are not more than five");
    pass(1);
    is(Health.DOWN_4);
    List<Notice> told = send();
    assertEquals(1, told.size());
    assertEquals("4-2", told.getFirst().finding());
    assertEquals("shop: the connection is down (finding 4-2)", told.getFirst().subject());
    assertEquals(
        """
        shop has had no internet or no tunnel since 2027-03-01 12:00.
        Finding 4-2: The far end is silent.
        Nothing came.
        What to do: Call them.\
        """,
        told.getFirst().text());
    is(Health.DOWN_4, HOURS.toNanos(7));
    assertEquals(List.of(), send());
    is(Health.UP);
    told = send();
    assertEquals(List.of(Kind.BACK), told.stream().map(Notice::kind).toList());
    assertEquals(
        "shop is connected again since 2027-03-01 19:05; it was down for 7 hours.",
        told.getFirst().text());
    is(Health.UP, FIVE);
    assertEquals(List.of(), send());
  }

  @ParameterizedTest
  @CsvSource({
    "DOWN_1, true", "DOWN_6, true", "NO_INTERNET, true", "NO_ADDRESS, true", "NO_CABLE, true",
    "FAULT, true", "UP, false", "READY, false", "SETUP, false", "DEGRADED, false",
    "FALLBACK, false", "POOR, false", "CLOCK, false", "UNPROVED, false", "TRYING, false",
    "STARTING, false", "UPDATING, false",
  })
  void isDownWhereThereIsNoInternetOrNoTunnel(Health health, boolean down) {
    is(health, FIVE + 1);
    assertEquals(down ? List.of(Kind.DOWN) : List.of(), kinds());
  }

  @Test
  void whatEndsSoonerIsNotToldAndBeginsAnew() {
    is(Health.NO_INTERNET, FIVE);
    is(Health.UP);
    is(Health.NO_INTERNET, FIVE);
    assertEquals(List.of(), send());
    is(Health.UP);
    assertEquals(List.of(), send(), "nothing was told that could be back");
  }

  /** From one trouble to another the shop stays down; while it tries, nothing is known. */
  @Test
  void oneOutageMayHaveSeveralReasons() {
    is(Health.NO_CABLE, MINUTES.toNanos(2));
    is(Health.TRYING, MINUTES.toNanos(2));
    is(Health.DOWN_4, MINUTES.toNanos(2));
    assertEquals(List.of(Kind.DOWN), kinds());
    is(Health.TRYING, MINUTES.toNanos(2));
    assertEquals(List.of(), send());
    is(Health.DEGRADED);
    assertEquals(List.of(Kind.BACK), kinds());
  }

  @Test
  void aClockThatIsSetDoesNotChangeHowLongItWas() {
    is(Health.DOWN_4, FIVE + 1);
    send();
    at = at.plusSeconds(86_400 * 300L);
    pass(MINUTES.toNanos(5));
    is(Health.UP);
    assertTrue(send().getFirst().text().endsWith("it was down for 10 minutes."));
  }

  @Test
  void whatCouldNotGoOutBeforeItWasBackIsToldInOne() {
    is(Health.NO_INTERNET, FIVE + 1);
    Sending tried = book.next(nowNs);
    book.failed(tried, nowNs);
    assertNull(book.next(nowNs));
    pass(SECONDS.toNanos(30));
    is(Health.UP);
    List<Notice> told = send();
    assertEquals(1, told.size());
    assertEquals("shop: the connection was down, and is back", told.getFirst().subject());
    assertEquals("4-2", told.getFirst().finding());
    assertTrue(told.getFirst().text().startsWith("shop is connected again"));
    assertTrue(told.getFirst().text().contains("Finding 4-2: The far end is silent."));
  }

  /** The one way has had it, so it gets two notices; the other one gets one. */
  @Test
  void eachWayHasItsOwnWaiting() {
    book = book(Memory.NONE, config(MAIL, HOOK, EnumSet.allOf(Event.class)));
    is(Health.NO_INTERNET, FIVE + 1);
    Sending first = book.next(nowNs);
    assertEquals(Channel.MAIL, first.channel());
    book.sent(first);
    Sending second = book.next(nowNs);
    assertEquals(Channel.WEBHOOK, second.channel());
    // While it is under way it comes back.
    is(Health.UP);
    book.failed(second, nowNs);
    List<String> told = new ArrayList<>();
    pass(Waiting.FIRST_WAIT_NS);
    for (Sending next = book.next(nowNs); next != null; next = book.next(nowNs)) {
      told.add(next.notice().kind() + " " + next.channel());
      book.sent(next);
    }
    assertEquals(List.of("DOWN WEBHOOK", "BACK MAIL", "BACK WEBHOOK"), told);
  }

  @Test
  void whatFailsIsTriedAgainMoreAndMoreSeldomAndAtOnceWhenItIsBack() {
    is(Health.NO_INTERNET, FIVE + 1);
    for (long wait : new long[] {60, 120, 240, 480, 960, 1920, 3600, 3600}) {
      book.failed(book.next(nowNs), nowNs);
      pass(SECONDS.toNanos(wait) - 1);
      assertNull(book.next(nowNs), wait + " s");
      pass(1);
      assertNotNull(book.next(nowNs), wait + " s");
    }
    for (int i = 9; i < Waiting.MOST_TRIES; i++) {
      pass(Waiting.LONGEST_WAIT_NS);
      book.failed(book.next(nowNs), nowNs);
    }
    pass(Waiting.LONGEST_WAIT_NS);
    book.failed(book.next(nowNs), nowNs);
    pass(Waiting.LONGEST_WAIT_NS);
    assertNull(book.next(nowNs), "after three days nobody is to be told any more");
  }

  @Test
  void aRestartTellsNothingTwice() {
    is(Health.DOWN_4, FIVE + 1);
    send();
    Memory kept = book.memory();
    assertEquals(NOON, kept.down());
    book = book(kept, config(MAIL, null, EnumSet.allOf(Event.class)));
    nowNs = 17;
    is(Health.STARTING, FIVE);
    is(Health.DOWN_4, 2 * FIVE);
    assertEquals(List.of(), send());
    is(Health.UP);
    assertEquals(
        "shop is connected again since 2027-03-01 12:20; it was down for 20 minutes.",
        send().getFirst().text());
    assertNull(book.memory().down());
  }

  @Test
  void whatWaitsOutlivesARestart() {
    is(Health.DOWN_4, FIVE + 1);
    book.failed(book.next(nowNs), nowNs);
    book = book(book.memory(), config(MAIL, null, EnumSet.allOf(Event.class)));
    assertEquals(List.of(Kind.DOWN), kinds());
  }

  private void refused(String from, String key) {
    book.happened(
        new LogEntry(at, LogEntry.Kind.SIGNIN, Past.words("author.owner", from), Past.words(key)),
        nowNs);
  }

  @Test
  void severalRefusedSignInsAreToldTogetherAndOnceAnHour() {
    refused("10.0.0.7", "past.in-passphrase");
    refused("10.0.0.7", "past.in-code");
    is(Health.UP, HOURS.toNanos(1) + 1);
    assertEquals(List.of(), send(), "two are no news");
    refused("10.0.0.7", "past.in-passphrase");
    refused("10.0.0.7", "past.in-passphrase");
    is(Health.UP, MINUTES.toNanos(2));
    assertEquals(List.of(), send(), "the old ones do not count any more");
    refused("10.0.0.8", "past.in-passphrase");
    refused("10.0.0.8", "past.in");
    is(Health.UP, MINUTES.toNanos(1));
    List<Notice> told = send();
    assertEquals(List.of(Kind.SIGN_IN), told.stream().map(Notice::kind).toList());
    assertEquals(
        """
        At shop, 3 sign-ins were refused within an hour:
        owner (page, from 10.0.0.7): 2 times
        owner (page, from 10.0.0.8): 1 times
        If that was nobody of yours, look at the box's log, and take another passphrase.\
        """,
        told.getFirst().text());
    for (int i = 0; i < 500; i++) {
      refused("10.0.0." + i % 20, "past.in-passphrase");
    }
    is(Health.UP, HOURS.toNanos(1) - 1);
    assertEquals(List.of(), send());
    pass(1);
    is(Health.UP);
    String text = send().getFirst().text();
    assertTrue(text.startsWith("At shop, 500 sign-ins"), text);
    assertTrue(text.contains("from elsewhere: 300 times"), text);
  }

  private static Lease lease(int number, String name) {
    return new Lease(
        MacAddress.parse("02:00:00:00:00:%02x".formatted(number)),
        IpAddress.v4(0x0a000000 + number),
        name,
        null,
        null);
  }

  @Test
  void aNewDeviceIsToldOnceAndNotThoseThatWereThere() {
    book.devices(List.of(), at);
    book.devices(List.of(lease(1, "till"), lease(2, null)), at);
    assertEquals(List.of(), send());
    book.devices(List.of(lease(1, "till"), lease(3, "phone")), at);
    List<Notice> told = send();
    assertEquals("shop: new device phone", told.getFirst().subject());
    assertTrue(told.getFirst().text().contains("02:00:00:00:00:03, and its address 10.0.0.3."));
    book.devices(List.of(), at);
    book = book(book.memory(), config(MAIL, null, EnumSet.allOf(Event.class)));
    book.devices(List.of(lease(2, "pc"), lease(3, "phone")), at);
    assertEquals(List.of(), send());
  }

  @Test
  void whoIsToldNothingLearnsAboutOldDevicesLaterNeither() {
    book = book(Memory.NONE, NoticesConfig.OFF);
    book.devices(List.of(lease(1, null)), at);
    book.devices(List.of(lease(2, null)), at);
    book.follow(config(MAIL, null, EnumSet.allOf(Event.class)), ENGLISH, nowNs);
    book.devices(List.of(lease(1, null), lease(2, null)), at);
    assertEquals(List.of(), send());
  }

  @ParameterizedTest
  @CsvSource({
    "past.update-ready, shop: a new version waits",
    "past.update-stays, shop: a new version runs",
    "past.update-returned, shop: a new version was not well",
    "past.update-not-taken, shop: a new version was not taken",
    "past.update-trying, ",
    "past.zone, ",
  })
  void tellsWhatBecameOfANewVersion(String key, String subject) {
    book.happened(new LogEntry(at, LogEntry.Kind.CONFIG, "-", Past.words(key, "0.2.0")), nowNs);
    List<Notice> told = send();
    assertEquals(subject == null ? 0 : 1, told.size());
    if (subject != null) {
      assertEquals(subject, told.getFirst().subject());
      assertTrue(told.getFirst().text().contains("0.2.0"), told.getFirst().text());
    }
  }

  @Test
  void onlyWhatIsWantedIsTold() {
    book = book(Memory.NONE, config(MAIL, null, Set.of(Event.DEVICE)));
    is(Health.DOWN_4, FIVE + 1);
    is(Health.UP);
    for (int i = 0; i < 9; i++) {
      refused("10.0.0.7", "past.in-passphrase");
    }
    is(Health.UP, HOURS.toNanos(1));
    assertEquals(List.of(), send());
  }

  @Test
  void tooManyOnADayAreOnlyCounted() {
    book.devices(List.of(lease(0, null)), at);
    for (int i = 1; i <= NoticeBook.MOST_A_DAY + 7; i++) {
      book.devices(List.of(lease(i, null)), at);
      assertEquals(i <= NoticeBook.MOST_A_DAY ? 1 : 0, send().size(), i + "");
    }
    is(Health.UP, HOURS.toNanos(24) - 1);
    assertEquals(List.of(), send());
    pass(1);
    is(Health.UP);
    List<Notice> told = send();
    assertEquals(List.of(Kind.MORE), told.stream().map(Notice::kind).toList());
    assertTrue(told.getFirst().text().contains("7 more notices"), told.getFirst().text());
    book.devices(List.of(lease(200, null)), at);
    assertEquals(List.of(Kind.DEVICE), kinds());
  }

  @Test
  void noMoreWaitThanThereIsRoomFor() {
    book.devices(List.of(lease(0, null)), at);
    for (int i = 1; i <= Waiting.MOST + 3; i++) {
      book.devices(List.of(lease(i, null)), at);
    }
    List<Notice> waiting = book.memory().waiting();
    assertEquals(Waiting.MOST, waiting.size());
    assertEquals("4", waiting.getFirst().id(), "the oldest make room");
    assertEquals(3, book.memory().held());
  }

  @Test
  void aWayThatIsTakenAwayHasNothingWaitingAndOneThatIsChangedIsTriedAtOnce() {
    is(Health.DOWN_4, FIVE + 1);
    book.failed(book.next(nowNs), nowNs);
    assertNull(book.next(nowNs));
    Mail other = new Mail("o@shop.example", null, "smtp.example", 0, Security.TLS, null, null);
    book.follow(config(other, null, EnumSet.allOf(Event.class)), ENGLISH, nowNs);
    assertNotNull(book.next(nowNs));
    book.follow(config(null, HOOK, EnumSet.allOf(Event.class)), ENGLISH, nowNs);
    assertNull(book.next(nowNs));
    assertEquals(List.of(), book.memory().waiting());
  }

  @Test
  void speaksTheOwnersLanguage() {
    book.follow(config(MAIL, null, EnumSet.allOf(Event.class)), JAPANESE, nowNs);
    is(Health.DOWN_4, FIVE + 1);
    Notice told = send().getFirst();
    assertEquals("shop：つながらなくなっています（診断 4-2）", told.subject());
    assertTrue(told.text().startsWith("shop は、2027-03-01 12:00 から"), told.text());
    assertFalse(NoticeBook.test(JAPANESE, at).text().isEmpty());
  }
}
