package dev.noren.protocol.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.protocol.Limits;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A story of one peer's timers in one line: steps divided by commas, each a time and what happens
 * then. "5s-1 nothing" polls one nanosecond before five seconds and expects no action; names in
 * capitals are the actions expected of a poll; other words are events.
 */
final class TimerScript {
  private static final long T0 = 987_654_321L;
  private static final Pattern STEP = Pattern.compile("(\\d+)s([+-]\\d+)? (.+)");

  private final PeerTimers timers = new PeerTimers(Limits.WHITEPAPER, () -> {});

  static void run(String script) {
    TimerScript story = new TimerScript();
    story.timers.start(T0);
    for (String step : script.split(", ", -1)) {
      story.step(step);
    }
  }

  private void step(String step) {
    Matcher matcher = STEP.matcher(step);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a step: " + step);
    }
    long offset = matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2));
    long nowNs = T0 + TimeUnit.SECONDS.toNanos(Long.parseLong(matcher.group(1))) + offset;
    String word = matcher.group(3);
    switch (word) {
      case "initiate" -> {
        timers.initiationSent(nowNs, 0);
        timers.authenticatedSent(nowNs);
      }
      case "request" -> timers.resetAttempts();
      case "respond" -> {
        timers.responseSent(nowNs);
        timers.authenticatedSent(nowNs);
        timers.sessionDerived(nowNs);
      }
      case "response" -> {
        timers.authenticatedReceived(nowNs);
        timers.sessionDerived(nowNs);
        timers.handshakeComplete(nowNs);
      }
      case "confirmed" -> timers.handshakeComplete(nowNs);
      case "send" -> {
        timers.dataSent(nowNs, 0);
        timers.authenticatedSent(nowNs);
      }
      case "sendKeepalive" -> timers.authenticatedSent(nowNs);
      case "receive" -> {
        timers.authenticatedReceived(nowNs);
        timers.dataReceived(nowNs);
      }
      case "receiveKeepalive" -> timers.authenticatedReceived(nowNs);
      case "persistent25" -> timers.setPersistentKeepalive(25, nowNs);
      case "persistentOff" -> timers.setPersistentKeepalive(0, nowNs);
      case "down" -> timers.stop();
      case "up" -> timers.start(nowNs);
      default -> assertEquals(word, Action.names(timers.poll(nowNs)), () -> "at " + step);
    }
  }
}
