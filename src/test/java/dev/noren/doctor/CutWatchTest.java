package dev.noren.doctor;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.TunnelName;
import dev.noren.config.TunnelUse.Mode;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.status.Echoes;
import dev.noren.status.HealthSigns;
import dev.noren.status.RouterStatus.Line;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.status.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is seen over time, and which interruptions come of it. */
class CutWatchTest {
  /** So often somebody looks. */
  private static final long LOOK_NS = SECONDS.toNanos(1) / 2;

  private static final long S = SECONDS.toNanos(1);
  private static final String THERE = "198.51.100.7:51820";

  private final CutWatch watch = new CutWatch();
  private long nowNs = -7 * S;

  /** An age in seconds that grows in time, or with a = behind it stays; or _ for never. */
  private record Age(long seconds, boolean grows) {
    static Age of(String text) {
      return text.equals("_")
          ? null
          : new Age(Long.parseLong(text.replace("=", "")), !text.endsWith("="));
    }

    static Long at(Age age, long ns) {
      return age == null ? null : (Long) (age.seconds() + (age.grows() ? ns / S : 0));
    }
  }

  /** For so many seconds this is seen: the lines, and handshake, data and calls in vain. */
  private record Step(long seconds, String lines, Age handshake, Age data, Age vain) {
    static Step of(String words) {
      String[] parts = words.strip().split(" +", -1);
      String[] ages = parts[2].split("/", -1);
      return new Step(
          Long.parseLong(parts[0]), parts[1], Age.of(ages[0]), Age.of(ages[1]), Age.of(ages[2]));
    }

    Peer peer(long ns, String endpoint, boolean callsIn) {
      long unanswered = vain.seconds() == 0 ? 0 : Age.at(vain, ns);
      return CutWatchTest.peer(
          Case.KEY, endpoint, callsIn, Age.at(handshake, ns), Age.at(data, ns), unanswered);
    }
  }

  /** w well, 2 well with another address, x no cable, a no address, n no way. */
  private static Line line(String how, int number) {
    String address = how.equals("a") ? null : how.equals("2") ? "192.0.2.9/24" : "192.0.2.2/24";
    return Case.line(number, address, !how.equals("x"), how.equals("w") || how.equals("2"));
  }

  private static Peer peer(
      String key, String endpoint, boolean callsIn, Long handshake, Long data, long unanswered) {
    return new Peer(
        "hq office",
        key,
        endpoint,
        callsIn,
        handshake,
        data,
        unanswered,
        Traffic.total(0, 0),
        25,
        List.of(),
        null);
  }

  private static Tunnel tunnel(boolean up, List<Peer> peers) {
    return new Tunnel(
        new TunnelName("hq"),
        up,
        Mode.SPLIT,
        true,
        null,
        1420,
        51820,
        List.of(Cidr.parse("10.9.0.2/32")),
        peers,
        null);
  }

  private void look(List<Line> lines, Tunnel tunnel, boolean silent) {
    List<Echoes> echoes =
        silent
            ? List.of(new Echoes("hq", Case.KEY, IpAddress.parse("10.9.0.1"), 9, 5, 1L, true))
            : List.of();
    watch.look(
        new HealthSigns(true, true, lines, List.of(tunnel), echoes, false, false, false), nowNs);
  }

  private void run(String steps, String endpoint, boolean callsIn) {
    for (String words : steps.split(";", -1)) {
      Step step = Step.of(words);
      List<Line> lines = new ArrayList<>();
      for (char how : step.lines().toCharArray()) {
        lines.add(line(String.valueOf(how), lines.size()));
      }
      for (long ns = 0; ns < step.seconds() * S; ns += LOOK_NS) {
        look(lines, tunnel(true, List.of(step.peer(ns, endpoint, callsIn))), false);
        nowNs += LOOK_NS;
      }
    }
  }

  private String said() {
    return watch.now(nowNs).all().stream()
        .map(each -> each.cause() + " " + each.ageSeconds() + "/" + each.lastedSeconds())
        .collect(Collectors.joining(", "));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # what is seen                   | seconds, line, handshake/data/in vain; and so on                   | the cuts: age/lasted
          all is well                      | 60 w 5/1/0                                                         | ''
          never was                        | 60 w _/_/6 ; 60 x _/_/66                                           | ''
          the cable is out for a moment    | 20 w 5/1/0 ; 4 x 25/1/0 ; 10 w 29/0/0                              | CABLE 14/4
          and no data comes yet            | 20 w 5/1/0 ; 4 x 25/1/0 ; 10 w 29/5/0                              | ''
          but a handshake does             | 20 w 5/1/0 ; 4 x 25/1/0 ; 6 w 29/5/0 ; 10 w 0/11/0                 | CABLE 20/10
          out three times                  | 9 w 5/1/0 ; 3 x 1/1/0 ; 9 w 1/0/0 ; 3 x 1/1/0 ; 9 w 1/0/0 ; 3 x 1/1/0 ; 9 w 1/0/0 | CABLE 36/3, CABLE 24/3, CABLE 12/3
          the address is gone              | 20 w 5/1/0 ; 4 a 25/1/0 ; 10 w 29/0/0                              | LEASE 14/4
          and comes back as another        | 20 w 5/1/0 ; 4 a 25/1/0 ; 10 2 29/0/0                              | ADDRESS 14/4
          the line leads nowhere           | 20 w 5/1/0 ; 9 n 25/1/0 ; 10 w 34/0/0                              | LINE 19/9
          another line takes over at once  | 20 ww 5/1/0 ; 20 xw 25/0/0                                         | ''
          the first line's cable, later    | 20 ww 5/1/0 ; 10 xw 25/1/0 ; 9 xw 35/21/6 ; 10 xw 0/0/0            | CABLE 19/9
          another address, seen later      | 20 w 5/1/0 ; 20 2 25/1/0 ; 5 2 45/21/6 ; 10 2 0/0/0                | ADDRESS 15/5
          long after another address       | 20 w 5/1/0 ; 50 2 25/1/0 ; 5 2 75/21/6 ; 10 2 0/0/0                | UNKNOWN 15/5
          calls in vain                    | 20 w 5/1/0 ; 30 w 45/21/6 ; 10 w 0/0/0                             | UNKNOWN 40/30
          one attempt may be lost          | 20 w 5/1/0 ; 1 w 45/20/5 ; 10 w 0/0/0                              | ''
          keys fail while data comes       | 20 w 5/1/0 ; 30 w 121/0=/6 ; 10 w 0/0/0                            | ''
          and then none comes              | 20 w 5/1/0 ; 30 w 121/0=/6 ; 9 w 151/6/36 ; 10 w 0/0/0             | REKEY 19/9
          data came long before            | 20 w 5/1/0 ; 5 w 9/0=/6 ; 99 w 5/50=/0 ; 9 w 99/21/6 ; 5 w 0/0/0   | UNKNOWN 14/9
          after silence, calls often       | 20 w 5/1/0 ; 9 w 99/100/6 ; 10 w 0/0/0                             | UNKNOWN 19/9
          it is still out                  | 20 w 5/1/0 ; 30 w 45/21/6                                          | ''
          """)
  void whatIsSeenIsPutDownToItsCause(String name, String steps, String cuts) {
    run(steps, THERE, false);
    assertEquals(cuts, said(), name);
  }

  @Test
  void whoCallsInMayBeGoneAtWill() {
    run("20 w 5/1/0 ; 9 x 25/1/0 ; 9 w 34/0/0 ; 9 w 43/21/6 ; 9 w 0/0/0", THERE, true);
    assertEquals("", said());
  }

  @Test
  void anEndThatIsAtAnotherPortAfterSilenceWasForgotten() {
    run("20 w 5/1/0 ; 9 w 99/90/6", THERE, false);
    run("10 w 0/0/0", "198.51.100.7:4096", false);
    assertEquals("IDLE 19/9", said());
  }

  @Test
  void atAnotherAddressItMoved() {
    run("20 w 5/1/0 ; 9 w 99/90/6", THERE, false);
    run("10 w 0/0/0", "198.51.100.8:4096", false);
    assertEquals("UNKNOWN 19/9", said());
  }

  /** Its ends shake hands, and what used to come through does so no more. */
  @Test
  void anEndThatAnswersNoEchoIsCut() {
    List<Line> lines = List.of(line("w", 0));
    look(lines, tunnel(true, List.of(peer(Case.KEY, THERE, false, 5L, 1L, 0))), false);
    nowNs += 60 * S;
    look(lines, tunnel(true, List.of(peer(Case.KEY, THERE, false, 65L, 61L, 0))), true);
    nowNs += 5 * S;
    look(lines, tunnel(true, List.of(peer(Case.KEY, THERE, false, 70L, 2L, 0))), false);
    assertEquals("UNKNOWN 5/5", said());
  }

  @Test
  void aTunnelThatIsMadeAnewWasNotCut() {
    List<Line> lines = List.of(line("w", 0));
    Peer peer = peer(Case.KEY, THERE, false, 5L, 1L, 0);
    look(lines, tunnel(true, List.of(peer)), false);
    nowNs += S;
    look(List.of(line("x", 0)), tunnel(true, List.of(peer)), false);
    nowNs += S;
    look(lines, tunnel(false, List.of(peer)), false);
    nowNs += 9 * S;
    look(lines, tunnel(true, List.of(peer)), false);
    assertEquals("", said());
  }

  @Test
  void itForgetsWhatIsADayOldAndHasRoomForSoMany() {
    for (int i = 0; i < CutWatch.MOST_CUTS + 5; i++) {
      run("2 w 5/1/0 ; 2 x 7/1/0 ; 3 w 9/0/0", THERE, false);
    }
    Cuts now = watch.now(nowNs);
    assertEquals(CutWatch.MOST_CUTS, now.all().size());
    assertEquals(5, now.all().getLast().ageSeconds(), "the newest are there");
    assertEquals((CutWatch.MOST_CUTS + 5) * 7, now.watchedSeconds());
    nowNs += SECONDS.toNanos(86_401);
    look(List.of(line("w", 0)), tunnel(true, List.of()), false);
    assertEquals("", said());
  }

  @Test
  void onlySoManyFarEndsAreWatched() {
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i <= CutWatch.MOST_FAR_ENDS; i++) {
      peers.add(peer("key " + i, THERE, false, 5L, 0L, 0));
    }
    for (String how : List.of("w", "x", "w", "w")) {
      look(List.of(line(how, 0)), tunnel(true, peers), false);
      nowNs += 2 * S;
    }
    assertEquals(CutWatch.MOST_FAR_ENDS, watch.now(nowNs).all().size());
    assertTrue(
        watch.now(nowNs).all().stream().noneMatch(each -> each.publicKey().equals("key 32")));
  }

  @Test
  void nobodyHasLookedAtFirst() {
    assertEquals(Cuts.NONE, watch.now(nowNs));
  }
}
