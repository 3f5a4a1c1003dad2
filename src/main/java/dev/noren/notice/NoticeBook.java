package dev.noren.notice;

import static java.util.concurrent.TimeUnit.HOURS;

import dev.noren.config.NoticesConfig;
import dev.noren.config.NoticesConfig.Event;
import dev.noren.notice.Notice.Channel;
import dev.noren.notice.Notice.Kind;
import dev.noren.status.Condition;
import dev.noren.status.Finding;
import dev.noren.status.LogEntry;
import dev.noren.status.RouterStatus;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Makes notices of what happens, each once, and keeps those that have still to go out. For one
 * thread at a time; the time of day is only told, and what is measured is measured by a clock that
 * never jumps.
 */
public final class NoticeBook {
  /** More on a day are only counted. */
  static final int MOST_A_DAY = 30;

  /** So many devices are remembered; the one that came first is forgotten. */
  static final int MOST_DEVICES = 1_000;

  /** How long the shop has to be down before it is told. */
  public static final long USUAL_PATIENCE_NS = Outage.USUAL_NS;

  private static final Duration DAY = Duration.ofNanos(HOURS.toNanos(24));

  private static final Set<String> REFUSED =
      Set.of(
          "past.claim-code",
          "past.in-passphrase",
          "past.in-code",
          "past.in-visit-code",
          "past.person-refused",
          "past.passphrase-kept",
          "past.codes-kept");

  /** What is told of new versions, and its few words. */
  private static final Map<String, String> UPDATES =
      Map.of(
          "past.update-ready", "notice.update-ready",
          "past.update-stays", "notice.update-stays",
          "past.update-returned", "notice.update-returned",
          "past.update-not-taken", "notice.update-not-taken");

  private final Outage outage;
  private final Refusals refusals = new Refusals();
  private final Waiting waiting;
  private final SequencedSet<String> devices;
  private boolean knowsDevices;
  private NoticesConfig config = NoticesConfig.OFF;
  private Voice voice;
  private long number;
  private boolean down;
  private Instant day;
  private int today;
  private int held;

  /**
   * @param patienceNs for how long the shop has to be down before it is told
   */
  public NoticeBook(Memory memory, long patienceNs, Voice voice) {
    this.voice = voice;
    this.outage = new Outage(patienceNs, memory.down());
    this.down = memory.down() != null;
    this.waiting = new Waiting(memory.waiting());
    this.knowsDevices = memory.devices() != null;
    this.devices = new LinkedHashSet<>(knowsDevices ? memory.devices() : List.of());
    this.number = memory.number();
    this.day = memory.day();
    this.today = memory.today();
    this.held = memory.held();
  }

  /** What has to be known after a restart. */
  public Memory memory() {
    return new Memory(
        number,
        down ? outage.since() : null,
        knowsDevices ? List.copyOf(devices) : null,
        waiting.all(),
        day,
        today,
        held);
  }

  /** Follows the document; what waits is tried at once where another way is to be taken. */
  public void follow(NoticesConfig followed, Voice spoken, long nowNs) {
    voice = spoken;
    if (!followed.equals(config)) {
      config = followed;
      waiting.ways(config.mail() != null, config.webhook() != null);
      waiting.hurry(nowNs);
    }
  }

  private boolean isTold(Event event) {
    return config.isOn() && config.events().contains(event);
  }

  /** How the router is; to be called often. */
  public void condition(Condition now, Instant at, long nowNs) {
    Outage.News news = outage.look(now.health(), at, nowNs);
    if (news == Outage.News.DOWN && isTold(Event.DOWN)) {
      Finding why = now.finding();
      down =
          add(
              Kind.DOWN,
              outage.since(),
              at,
              why == null ? null : why.number(),
              why == null
                  ? voice.subject("notice.down")
                  : voice.subject("notice.down-found", why.number()),
              voice.text(downText(why)));
    } else if (news == Outage.News.BACK) {
      if (down) {
        back(at);
      }
      down = false;
      // Now there is a line that works.
      waiting.hurry(nowNs);
    }
    if (refusals.due(nowNs) > 0) {
      signIns(at, nowNs);
    }
    newDay(at);
  }

  private List<Sentence> downText(Finding why) {
    List<Sentence> says = new ArrayList<>();
    says.add(Sentence.of("notice.down-since", voice.shop(), voice.time(outage.since())));
    if (why != null) {
      says.add(Sentence.of("notice.finding", why.number(), why.says()));
      says.addAll(why.evidence());
      says.add(Sentence.of("notice.next", why.next()));
    }
    return says;
  }

  private void back(Instant at) {
    Sentence says =
        Sentence.of("notice.back-after", voice.shop(), voice.time(at), Voice.span(outage.lasted()));
    String subject = voice.subject("notice.back");
    Notice untold = waiting.take(Kind.DOWN);
    boolean mail = config.mail() != null;
    boolean webhook = config.webhook() != null;
    if (untold != null) {
      put(
          new Notice(
              id(),
              Kind.BACK,
              at,
              untold.finding(),
              voice.subject("notice.was-down"),
              says.in(voice.language()) + "\n" + untold.text(),
              untold.mail(),
              untold.webhook()));
      mail &= !untold.mail();
      webhook &= !untold.webhook();
    }
    if (mail || webhook) {
      put(new Notice(id(), Kind.BACK, at, null, subject, voice.text(List.of(says)), mail, webhook));
    }
  }

  private void signIns(Instant at, long nowNs) {
    int count = refusals.due(nowNs);
    List<Sentence> says = new ArrayList<>();
    says.add(Sentence.of("notice.refused", voice.shop(), count));
    says.addAll(refusals.told(nowNs));
    says.add(Sentence.of("notice.refused-next"));
    if (isTold(Event.SIGN_IN)) {
      add(Kind.SIGN_IN, at, at, null, voice.subject("notice.refused-few"), voice.text(says));
    }
  }

  /** Something was written down. */
  public void happened(LogEntry entry, long nowNs) {
    String key = Past.what(entry.what()).key();
    if (key == null) {
      return;
    }
    if (entry.kind() == LogEntry.Kind.SIGNIN && REFUSED.contains(key)) {
      refusals.refused(entry.who(), nowNs);
    } else if (UPDATES.containsKey(key) && isTold(Event.UPDATE)) {
      add(
          Kind.UPDATE,
          entry.at(),
          entry.at(),
          null,
          voice.subject(UPDATES.get(key)),
          voice.text(List.of(Sentence.of("notice.update", voice.shop(), Past.what(entry.what())))));
    }
  }

  /** Which devices have an address; those that are there when somebody first looks are no news. */
  public void devices(List<RouterStatus.Lease> there, Instant at) {
    for (RouterStatus.Lease each : there) {
      String mac = each.mac().text();
      if (!devices.add(mac)) {
        continue;
      }
      if (devices.size() > MOST_DEVICES) {
        devices.removeFirst();
      }
      if (knowsDevices && isTold(Event.DEVICE)) {
        String name = each.name() == null ? mac : each.name();
        add(
            Kind.DEVICE,
            at,
            at,
            null,
            voice.subject("notice.device", name),
            voice.text(
                List.of(
                    Sentence.of("notice.device-is", voice.shop(), name),
                    Sentence.of("notice.device-at", mac, each.address()),
                    Sentence.of("notice.device-next"))));
      }
    }
    knowsDevices |= !there.isEmpty();
  }

  private String id() {
    number++;
    return Long.toString(number);
  }

  /** One more, unless there were too many on this day. */
  private boolean add(
      Kind kind, Instant since, Instant at, String finding, String subject, String text) {
    newDay(at);
    if (today >= MOST_A_DAY) {
      held++;
      return false;
    }
    if (today == 0) {
      day = at;
    }
    today++;
    put(
        new Notice(
            id(),
            kind,
            since,
            finding,
            subject,
            text,
            config.mail() != null,
            config.webhook() != null));
    return true;
  }

  private void put(Notice notice) {
    if (!waiting.add(notice)) {
      held++;
    }
  }

  /** A clock that goes back begins a day too: nobody is to be silent for long because of it. */
  private void newDay(Instant at) {
    Duration old = Duration.between(day, at);
    boolean same = !old.isNegative() && old.compareTo(DAY) < 0;
    if (same || (today == 0 && held == 0)) {
      return;
    }
    int more = held;
    today = 0;
    held = 0;
    if (more > 0 && config.isOn()) {
      put(
          new Notice(
              id(),
              Kind.MORE,
              at,
              null,
              voice.subject("notice.more"),
              voice.text(List.of(Sentence.of("notice.more-held", voice.shop(), more))),
              config.mail() != null,
              config.webhook() != null));
    }
  }

  /**
   * What is to be sent now, or null.
   *
   * @param notice the notice
   * @param channel by which way
   */
  public record Sending(Notice notice, Channel channel) {}

  /** The next that is to be tried. {@link #sent} or {@link #failed} has to follow. */
  public Sending next(long nowNs) {
    Waiting.Trial next = waiting.next(nowNs);
    return next == null ? null : new Sending(waiting.notice(next.id()), next.channel());
  }

  /** It went out. */
  public void sent(Sending sending) {
    waiting.sent(new Waiting.Trial(sending.notice().id(), sending.channel()));
  }

  /** It could not go out, and is tried again later. */
  public void failed(Sending sending, long nowNs) {
    waiting.failed(new Waiting.Trial(sending.notice().id(), sending.channel()), nowNs);
  }

  /** A notice by which somebody sees whether notices arrive; it waits for nobody. */
  public static Notice test(Voice voice, Instant at) {
    return new Notice(
        "test",
        Kind.TEST,
        at,
        null,
        voice.subject("notice.test"),
        voice.text(List.of(Sentence.of("notice.test-is", voice.shop(), voice.time(at)))),
        true,
        true);
  }
}
