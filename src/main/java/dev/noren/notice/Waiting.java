package dev.noren.notice;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.notice.Notice.Channel;
import dev.noren.notice.Notice.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The notices that have still to go out, and when each is tried again. */
final class Waiting {
  /** More are not kept: the oldest makes room. */
  static final int MOST = 20;

  static final long FIRST_WAIT_NS = SECONDS.toNanos(60);
  static final long LONGEST_WAIT_NS = SECONDS.toNanos(3600);

  /** With these waits some three days. */
  static final int MOST_TRIES = 80;

  private final List<Notice> notices = new ArrayList<>();
  private final Map<Trial, Due> trials = new HashMap<>();
  private Trial under;

  /** One notice by one way. */
  record Trial(String id, Channel channel) {}

  private record Due(int tries, long atNs) {}

  Waiting(List<Notice> kept) {
    notices.addAll(kept);
  }

  List<Notice> all() {
    return List.copyOf(notices);
  }

  /** One more; the oldest that is in the way of it is dropped, and that is said. */
  boolean add(Notice notice) {
    notices.add(notice);
    if (notices.size() <= MOST) {
      return true;
    }
    Notice oldest =
        notices.stream()
            .filter(each -> under == null || !each.id().equals(under.id()))
            .findFirst()
            .orElseThrow();
    remove(oldest);
    return false;
  }

  private void remove(Notice notice) {
    notices.remove(notice);
    trials.keySet().removeIf(each -> each.id().equals(notice.id()));
  }

  /** Only these ways are there. */
  void ways(boolean mail, boolean webhook) {
    notices.replaceAll(each -> each.only(mail, webhook));
    notices.removeIf(each -> !each.isWaiting());
    trials.keySet().removeIf(each -> notices.stream().noneMatch(is -> is.id().equals(each.id())));
  }

  /** The next that is to be tried, which is under way until it is said what became of it. */
  Trial next(long nowNs) {
    for (Notice each : notices) {
      for (Channel channel : Channel.values()) {
        Due due = trials.get(new Trial(each.id(), channel));
        if (each.isFor(channel) && (due == null || nowNs - due.atNs >= 0)) {
          under = new Trial(each.id(), channel);
          return under;
        }
      }
    }
    return null;
  }

  Notice notice(String id) {
    return notices.stream().filter(each -> each.id().equals(id)).findFirst().orElse(null);
  }

  /** One went out. */
  void sent(Trial trial) {
    under = null;
    trials.remove(trial);
    replace(trial);
  }

  private void replace(Trial trial) {
    notices.replaceAll(each -> each.id().equals(trial.id()) ? each.without(trial.channel()) : each);
    notices.removeIf(each -> !each.isWaiting());
  }

  /** One could not go out: it is tried again, the later the more often that was so. */
  void failed(Trial trial, long nowNs) {
    under = null;
    Due due = trials.get(trial);
    int tries = due == null ? 1 : due.tries + 1;
    if (tries >= MOST_TRIES) {
      trials.remove(trial);
      replace(trial);
      return;
    }
    long wait = Math.min(FIRST_WAIT_NS << Math.min(tries - 1, 6), LONGEST_WAIT_NS);
    trials.put(trial, new Due(tries, nowNs + wait));
  }

  /** All are tried at once, as something has changed. */
  void hurry(long nowNs) {
    trials.replaceAll((trial, due) -> new Due(due.tries, nowNs));
  }

  /** Takes those ways of a notice of this kind out that have not gone out, nor are under way. */
  Notice take(Kind kind) {
    Notice last =
        notices.stream().filter(each -> each.kind() == kind).reduce((a, b) -> b).orElse(null);
    if (last == null) {
      return null;
    }
    boolean here = under != null && Objects.equals(under.id(), last.id());
    Notice taken = here ? last.without(under.channel()) : last;
    if (!taken.isWaiting()) {
      return null;
    }
    int at = notices.indexOf(last);
    if (here) {
      notices.set(at, last.only(!taken.mail(), !taken.webhook()));
    } else {
      remove(last);
    }
    return taken;
  }
}
