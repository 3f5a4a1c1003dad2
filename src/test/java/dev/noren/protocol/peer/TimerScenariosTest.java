package dev.noren.protocol.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.protocol.Limits;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimerScenariosTest {
  private static final long S = TimeUnit.SECONDS.toNanos(1);

  @ParameterizedTest(name = "row {0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1  | a response ends the retries      | 0s initiate, 1s response, 5s nothing, 200s nothing
          2  | the first packet ends them too   | 0s initiate, 1s respond, 2s confirmed, 200s nothing
          3  | a response of ours does not      | 0s initiate, 1s respond, 5s-1 nothing, 5s RETRANSMIT
          4  | each retry has its own 5 s       | 0s initiate, 5s RETRANSMIT, 7s initiate, 12s-1 nothing, 12s RETRANSMIT
          5  | a retry not sent is not repeated | 0s initiate, 5s RETRANSMIT, 600s nothing
          6  | a keepalive is data's answer     | 0s receive, 10s-1 nothing, 10s KEEPALIVE, 10s sendKeepalive, 600s nothing
          7  | data is its own answer           | 0s receive, 9s send, 10s nothing
          8  | an initiation is an answer       | 0s receive, 9s initiate, 10s nothing
          9  | a response is an answer          | 0s receive, 9s respond, 10s nothing
          10 | data does not postpone it        | 0s receive, 9s receive, 10s-1 nothing, 10s KEEPALIVE
          11 | another is answered again        | 0s receive, 9s receive, 10s KEEPALIVE, 10s sendKeepalive, 20s-1 nothing, 20s KEEPALIVE, 20s sendKeepalive, 600s nothing
          12 | a second another as well         | 0s receive, 9s receive, 10s KEEPALIVE, 10s sendKeepalive, 19s receive, 20s KEEPALIVE, 20s sendKeepalive, 30s KEEPALIVE, 30s sendKeepalive, 600s nothing
          13 | data answers another, too        | 0s receive, 9s receive, 10s KEEPALIVE, 10s sendKeepalive, 15s send, 20s nothing
          14 | another ends with the answer     | 0s receive, 1s receive, 2s send, 3s receive, 4s receiveKeepalive, 13s KEEPALIVE, 13s sendKeepalive, 600s nothing
          15 | another without a send           | 0s receive, 9s receive, 10s KEEPALIVE, 20s KEEPALIVE, 21s receive, 22s send, 600s NEW_HANDSHAKE
          16 | a keepalive draws no keepalive   | 0s receiveKeepalive, 600s nothing
          17 | the first unanswered send counts | 0s send, 14s send, 15s-1 nothing, 15s NEW_HANDSHAKE
          18 | a keepalive is no question       | 0s sendKeepalive, 600s nothing
          19 | data answers the question        | 0s send, 14s receive, 15s nothing, 24s KEEPALIVE
          20 | a keepalive answers it           | 0s send, 14s receiveKeepalive, 15s nothing
          21 | a response answers it            | 0s send, 14s response, 15s nothing
          22 | the next question counts anew    | 0s send, 14s receiveKeepalive, 15s send, 30s-1 nothing, 30s NEW_HANDSHAKE
          23 | fired, it waits for a send       | 0s send, 15s NEW_HANDSHAKE, 100s nothing, 100s send, 115s-1 nothing, 115s NEW_HANDSHAKE
          24 | keys live 540 s from the last    | 0s response, 100s response, 540s nothing, 640s-1 nothing, 640s WIPE, 2000s nothing
          25 | traffic does not keep them       | 0s response, 539s receiveKeepalive, 539s sendKeepalive, 540s WIPE
          26 | an unconfirmed session counts    | 0s respond, 540s-1 nothing, 540s WIPE
          27 | persistent means at once         | 0s persistent25, 0s PERSISTENT_KEEPALIVE, 0s sendKeepalive, 25s-1 nothing, 25s PERSISTENT_KEEPALIVE
          28 | any send postpones it            | 0s persistent25, 0s send, 14s initiate, 14s response, 39s-1 nothing, 39s PERSISTENT_KEEPALIVE
          29 | any receive postpones it         | 0s persistent25, 0s sendKeepalive, 20s receiveKeepalive, 45s-1 nothing, 45s PERSISTENT_KEEPALIVE
          30 | off is off at once               | 0s persistent25, 0s sendKeepalive, 24s persistentOff, 25s nothing, 26s send, 26s receiveKeepalive, 600s nothing
          31 | on again is at once again        | 0s persistent25, 0s sendKeepalive, 5s persistentOff, 6s persistent25, 6s PERSISTENT_KEEPALIVE
          32 | down, nothing is due             | 0s persistent25, 0s send, 1s receive, 2s initiate, 3s response, 3s down, 600s nothing
          33 | up, only the persistent one is   | 0s persistent25, 0s send, 1s receive, 2s initiate, 3s down, 4s up, 4s PERSISTENT_KEEPALIVE, 4s nothing
          34 | two can be due together          | 0s receive, 5s initiate, 5s receive, 15s RETRANSMIT KEEPALIVE
          35 | late is once                     | 0s receive, 0s receive, 35s KEEPALIVE, 45s-1 nothing, 45s KEEPALIVE
          """)
  void scenario(int row, String what, String script) {
    TimerScript.run(script);
  }

  /** One initiation and 19 retries, then the end: the driver's and the Go code's count. */
  @Test
  void a20thUnansweredInitiationIsTheLast() {
    PeerTimers timers = started();
    long now = S;
    timers.initiationSent(now, 0);
    for (int attempt = 1; attempt <= 19; attempt++) {
      now += 5 * S;
      assertPoll("nothing", timers, now - 1);
      assertPoll("RETRANSMIT", timers, now);
      assertEquals(attempt, timers.attempts());
      timers.initiationSent(now, 0);
    }
    now += 5 * S;
    assertPoll("nothing", timers, now - 1);
    assertPoll("GIVE_UP", timers, now);
    assertEquals(now + 540 * S, timers.nextDeadlineNs());
    assertPoll("nothing", timers, now + 540 * S - 1);
    assertPoll("WIPE", timers, now + 540 * S);
  }

  @Test
  void givingUpCancelsTheKeepaliveAndItsAnother() {
    PeerTimers timers = givingUpAt(100 * S);
    timers.dataReceived(91 * S);
    timers.dataReceived(92 * S);
    assertPoll("GIVE_UP", timers, 100 * S);
    timers.dataReceived(103 * S);
    assertPoll("nothing", timers, 113 * S - 1);
    assertPoll("KEEPALIVE", timers, 113 * S);
    assertPoll("nothing", timers, 130 * S);
  }

  @Test
  void givingUpLeavesAWipeThatIsPending() {
    PeerTimers timers = givingUpAt(100 * S);
    timers.sessionDerived(20 * S);
    assertPoll("GIVE_UP", timers, 100 * S);
    assertPoll("nothing", timers, 560 * S - 1);
    assertPoll("WIPE", timers, 560 * S);
    assertPoll("nothing", timers, 10_000 * S);
  }

  @Test
  void aRequestThatIsNoRetryBeginsTheCountAnew() {
    PeerTimers timers = givingUpAt(100 * S);
    timers.resetAttempts();
    assertPoll("RETRANSMIT", timers, 100 * S);
    assertEquals(1, timers.attempts());
  }

  @Test
  void unansweredDataBeginsTheCountAnew() {
    PeerTimers timers = givingUpAt(100 * S);
    timers.dataSent(80 * S, 0);
    assertPoll("NEW_HANDSHAKE", timers, 95 * S);
    assertEquals(0, timers.attempts());
  }

  @Test
  void aCompleteHandshakeBeginsTheCountAnew() {
    PeerTimers timers = givingUpAt(100 * S);
    timers.handshakeComplete(99 * S);
    assertEquals(0, timers.attempts());
    assertPoll("nothing", timers, 100 * S);
  }

  /** Timers whose next retransmit is one too many. */
  private static PeerTimers givingUpAt(long deadlineNs) {
    PeerTimers timers = started();
    for (int attempt = 0; attempt < 19; attempt++) {
      timers.initiationSent(0, 0);
      assertPoll("RETRANSMIT", timers, 5 * S);
    }
    timers.initiationSent(deadlineNs - 5 * S, 0);
    return timers;
  }

  private static PeerTimers started() {
    PeerTimers timers = new PeerTimers(Limits.WHITEPAPER, () -> {});
    timers.start(0);
    return timers;
  }

  private static void assertPoll(String expected, PeerTimers timers, long nowNs) {
    assertEquals(expected, Action.names(timers.poll(nowNs)));
  }
}
