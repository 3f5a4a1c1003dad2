package dev.noren.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.RouterConfig.Role;
import dev.noren.doctor.Cut.Cause;
import dev.noren.doctor.Load.LineLoad;
import dev.noren.doctor.Load.Processors;
import dev.noren.doctor.Outside.Web;
import dev.noren.doctor.Sight.Knock;
import dev.noren.doctor.Tightness.Ipv6;
import dev.noren.doctor.Tightness.PastNames;
import dev.noren.net.IpAddress;
import dev.noren.status.Finding;
import dev.noren.status.RouterStatus.Line;
import dev.noren.status.RouterStatus.Service;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of observations and what the doctor says to each; no text is there without its row. */
class DoctorTest {
  private static final String NONE = "none";

  /**
   * A row.
   *
   * @param found the finding's number; with a ? behind it no fault but a remark; or none
   */
  record Row(String name, String found, Consumer<Case> change) {
    Diagnosis diagnosis() {
      Case made = new Case();
      change.accept(made);
      return Doctor.diagnose(made.made());
    }

    @Override
    public String toString() {
      return name + " -> " + found;
    }
  }

  private static Row row(String name, String found, Consumer<Case> change) {
    return new Row(name, found, change);
  }

  private static Event event(long count, long ageSeconds) {
    return new Event(count, ageSeconds);
  }

  private static Stream<Row> rows() {
    return Stream.of(
            line(), names(), farEnd(), keys(), passage(), slow(), cuts(), leaks(), remarks())
        .flatMap(s -> s);
  }

  private static Stream<Row> line() {
    return Stream.of(
        row("all is well", NONE, c -> {}),
        row("nothing was asked", NONE, c -> unasked(c)),
        row("the cable is out", "1-1", c -> c.lines.set(0, Case.line(0, null, false, false))),
        row(
            "no port has a cable",
            "1-1",
            c -> {
              c.lines.clear();
              c.cable = false;
            }),
        row("no lease", "2-1", c -> c.lines.set(0, Case.line(0, null, true, false))),
        row(
            "no lease, and one cable out",
            "2-1",
            c -> {
              c.lines.set(0, Case.line(0, "192.0.2.2/29", false, false));
              c.lines.add(Case.line(2, null, true, false));
            }),
        row("no port answers", "2-1", c -> c.lines.clear()),
        row("no PPPoE", "2-1", c -> pppoe(c)),
        row("the next router is silent", "2-2", c -> c.gatewayAnswers = silence(c)),
        row(
            "the next router is silent, and no name server is known",
            "2-2",
            c -> {
              c.gatewayAnswers = silence(c);
              c.namesAnswer = null;
            }),
        row("the next router never answers echoes", NONE, c -> c.gatewayAnswers = false),
        row("only the next router answers", "2-3", c -> silence(c)),
        row(
            "a page of the line's",
            "2-4",
            c -> {
              c.web = Web.PORTAL;
              c.portal = "login.example";
            }),
        row("a page of nobody's", "2-4", c -> c.web = Web.PORTAL),
        row("another line stands in, no cable", "6-1", c -> spare(c, null, false)),
        row("another line stands in, no address", "6-1", c -> spare(c, null, true)),
        row("another line stands in, no way", "6-1", c -> spare(c, "192.0.2.2/29", true)));
  }

  private static void unasked(Case c) {
    c.gatewayAnswers = null;
    c.namesAnswer = null;
    c.web = Web.UNASKED;
    c.clockOff = null;
    c.knock = Knock.UNASKED;
    c.hostAnswers = null;
  }

  private static void pppoe(Case c) {
    var none = Case.line(0, null, true, false);
    c.lines.set(
        0, new Line(0, "ppp0", "pppoe", null, null, List.of(), true, false, null, none.traffic()));
    c.services.add(new Service("pppd-eth0", null, 3, "Timeout waiting for PADO packets"));
  }

  /** Nothing outside answers. */
  private static boolean silence(Case c) {
    c.namesAnswer = false;
    c.web = Web.SILENT;
    c.hostAnswers = false;
    c.clockOff = null;
    c.silentFor(20);
    return false;
  }

  private static void spare(Case c, String address, boolean cable) {
    c.lines.set(0, Case.line(0, address, cable, false));
    c.lines.add(Case.line(2, "198.51.100.66/24", true, true));
  }

  private static Stream<Row> names() {
    return Stream.of(
        row("name servers are silent", "3-1", c -> c.namesAnswer = false),
        row(
            "name servers are silent, and nobody else was asked",
            "3-1",
            c -> {
              c.namesAnswer = false;
              c.web = Web.SILENT;
              c.hostAnswers = null;
              c.handshakeAge = 60L;
              c.dataAge = 60L;
            }),
        row(
            "no such name",
            "3-2",
            c -> {
              c.silentFor(0);
              c.endpoint = null;
              c.names.add(new UnknownName("vpn.example", Sentence.plain("it does not exist")));
            }),
        row(
            "the last answer is kept",
            NONE,
            c -> c.names.add(new UnknownName("vpn.example", Sentence.plain("no answer")))),
        row("the clock is before", "3-3", c -> c.clockOff = 300L),
        row("the clock is years behind", "3-3", c -> c.clockOff = -90_000_000L),
        row("the clock is hours behind", "3-3", c -> c.clockOff = -20_000L),
        row("the clock is a little off", NONE, c -> c.clockOff = 59L),
        row(
            "a far end's clock went back",
            "3-4",
            c -> {
              c.silentFor(7);
              c.oldCalls = event(2, 4);
            }),
        row(
            "a device's clock went back",
            "3-4",
            c -> {
              c.waiting();
              c.oldCalls = event(2, 4);
            }),
        row("one old call may be a copy", "4-3", c -> oneOldCall(c)),
        row("old calls of long ago", "4-3", c -> longAgo(c)));
  }

  private static void oneOldCall(Case c) {
    c.silentFor(7);
    c.oldCalls = event(1, 4);
  }

  private static void longAgo(Case c) {
    c.silentFor(7);
    c.oldCalls = event(9, 61);
    c.badResponses = event(9, 31);
    c.answered = event(9, 31);
    c.otherKey = event(9, 61);
    c.otherFrom = Case.FAR;
    c.noWireGuard = event(9, 31);
    c.noWireGuardFrom = Case.FAR;
  }

  private static Stream<Row> farEnd() {
    return Stream.of(
        row("one attempt may be lost", NONE, c -> c.silentFor(5)),
        row("nobody is there", "4-1", c -> dead(c, false)),
        row("nobody is there, and its host was not asked", "4-1", c -> dead(c, null)),
        row(
            "its port is about to be asked",
            NONE,
            c -> {
              c.settled = false;
              c.knock = Knock.UNASKED;
              c.silentFor(7);
            }),
        row(
            "nobody listens",
            "4-2",
            c -> {
              c.silentFor(7);
              c.knock = Knock.REFUSED;
            }),
        row("its host answers", "4-3", c -> c.silentFor(7)),
        row(
            "its host answers, and our key is not known",
            "4-3",
            c -> {
              c.silentFor(7);
              c.ownKey = null;
              c.peerName = null;
            }),
        row(
            "something else answers a question",
            "4-4",
            c -> {
              c.silentFor(7);
              c.knock = Knock.ANSWERED;
            }),
        row("something else answers a call", "4-4", c -> strange(c, Case.FAR)),
        row("something else comes from elsewhere", "4-3", c -> strange(c, Case.SERVER)),
        row(
            "it calls and goes no further",
            "4-5",
            c -> {
              c.silentFor(7);
              c.answered = event(2, 3);
            }),
        row(
            "a device calls and goes no further",
            "4-5",
            c -> {
              c.waiting();
              c.answered = event(2, 3);
            }));
  }

  private static void dead(Case c, Boolean hostAnswers) {
    c.silentFor(7);
    c.hostAnswers = hostAnswers;
  }

  private static void strange(Case c, IpAddress from) {
    c.silentFor(7);
    c.noWireGuard = event(1, 3);
    c.noWireGuardFrom = from;
  }

  private static Stream<Row> keys() {
    return Stream.of(
        row("a tunnel is not there", "5-1", c -> c.up = false),
        row(
            "another pre-shared key",
            "5-2",
            c -> {
              c.silentFor(7);
              c.badResponses = event(2, 3);
            }),
        row("a forged answer while all is well", NONE, c -> c.badResponses = event(2, 3)),
        row("an unknown key from where the far end is", "5-3", c -> unknownKey(c, Case.FAR, 7)),
        row("an unknown key from elsewhere", "5-3?", c -> unknownKey(c, Case.SERVER, 0)),
        row(
            "an unknown key long ago",
            NONE,
            c -> {
              unknownKey(c, Case.SERVER, 0);
              c.unknownKeys = event(3, 301);
            }),
        row(
            "calls for another key",
            "5-4",
            c -> {
              c.silentFor(7);
              c.otherKey = event(2, 3);
              c.otherFrom = Case.FAR;
            }),
        row(
            "a foreign source",
            "5-5",
            c -> {
              c.foreign = event(3, 3);
              c.foreignSource = "10.77.0.9";
            }),
        row("a foreign source that is not known", "5-5", c -> c.foreign = event(3, 60)),
        row("a stray packet", NONE, c -> c.foreign = event(2, 3)),
        row("the far network is ours", "5-6", c -> c.far = "10.23.45.0/24"),
        row("the far network holds ours", "5-6", c -> c.far = "10.23.0.0/16"),
        row("a far host of our network", NONE, c -> c.far = "10.23.45.9/32"),
        row("the far network is very wide", NONE, c -> c.far = "10.0.0.0/8"),
        row("everything", NONE, c -> c.far = "0.0.0.0/0"),
        row("the far network is the line's", "5-6", c -> c.far = "192.0.2.0/24"),
        row(
            "the line is not used, as its network is ours",
            "5-6",
            c -> {
              c.lines.set(0, Case.line(0, null, true, false));
              c.problems.add(
                  Sentence.of("remark.line-overlaps", "eth0", "10.23.45.0/24", "10.23.45.0/24"));
            }),
        row(
            "the plan leads nowhere",
            "5-6",
            c ->
                c.problems.add(
                    Sentence.of("remark.overlap", "Ueno", "10.23.45.0/24", "10.23.45.0/24", "hq"))),
        row(
            "the line's network is ours",
            "5-6",
            c -> c.lines.set(0, Case.line(0, "10.23.45.77/24", true, true))),
        row(
            "beside, the line's network is ours",
            NONE,
            c -> {
              c.role = Role.BESIDE;
              c.lines.set(0, Case.line(0, "10.23.45.1/24", true, true));
            }));
  }

  private static void unknownKey(Case c, IpAddress from, long silentFor) {
    if (silentFor > 0) {
      c.silentFor(silentFor);
    }
    c.unknownKeys = event(3, 5);
    c.unknownFrom = from;
  }

  private static Stream<Row> passage() {
    return Stream.of(
        row(
            "nothing ever comes back",
            "6-2",
            c -> {
              c.oneWay = 20;
              c.dataAge = null;
            }),
        row("a far host is off", "6-2?", c -> c.oneWay = 150),
        row("an answer takes its time", NONE, c -> c.oneWay = 19),
        row("large ones are lost", "6-3", c -> c.largeLost = true),
        row("smaller ones are sent for it", "6-3?", c -> c.narrowed = true),
        row(
            "and get lost as well",
            "6-3",
            c -> {
              c.narrowed = true;
              c.largeLost = true;
            }),
        row("much is lost", "6-4", c -> c.echoesLost = 2),
        row("answers take long", "6-5", c -> c.echoTime = 800_000L),
        row("answers take nearly as long as people notice", NONE, c -> c.echoTime = 799_999L),
        row("one is lost", NONE, c -> c.echoesLost = 1),
        row("echoes are never answered", NONE, c -> c.echoesLost = 20));
  }

  private static Stream<Row> slow() {
    return Stream.of(
        row("the line is full, and people notice", "6-7", c -> full(c, 800_000L)),
        row(
            "the line is full, and much is lost",
            "6-7",
            c -> {
              full(c, 90_000L);
              c.echoesLost = 3;
            }),
        row(
            "the line is full, much was lost, and nobody has to wait",
            "6-4",
            c -> {
              full(c, 20_000L);
              c.echoesLost = 3;
            }),
        row("the line is full, and it takes clearly longer", "6-7?", c -> full(c, 90_000L)),
        row("the line is full one way", "6-7?", c -> fullOut(c, 90_000L)),
        row("the line is full, and nobody has to wait", NONE, c -> full(c, 20_000L)),
        row(
            "the line carries little, whatever it did before",
            "6-5",
            c -> {
              full(c, 800_000L);
              c.lineLoad = new LineLoad("eth0", 62_499, 0, 62_499, 0);
            }),
        row(
            "it takes longer, and nothing is full",
            NONE,
            c -> {
              c.latelyTime = 200_000L;
              c.lineLoad = new LineLoad("eth0", 5_000_000, 60_000, 6_000_000, 1_500_000);
            }),
        row(
            "it takes long, and what is usual is not known",
            "6-7",
            c -> {
              full(c, 800_000L);
              c.usualTime = null;
            }),
        row(
            "a processor is full with this program, and so is the line",
            "6-6",
            c -> {
              full(c, 900_000L);
              c.processors = new Processors(4, "2", 95, 20, 40, 60, 10);
            }),
        row(
            "a processor is full with a network card's work",
            "6-6?",
            c -> {
              c.latelyTime = 100_000L;
              c.processors = new Processors(4, "0", 100, 50, 40, 10, 10);
            }),
        row(
            "a processor is full with something else",
            NONE,
            c -> {
              c.latelyTime = 100_000L;
              c.processors = new Processors(4, "0", 100, 49, 40, 59, 10);
            }),
        row(
            "all processors are full with something else",
            "6-6?",
            c -> {
              c.latelyTime = 100_000L;
              c.processors = new Processors(2, "0", 99, 0, 95, 10, 10);
            }),
        row(
            "all processors are full with something else, and the line is full",
            "6-7?",
            c -> {
              full(c, 100_000L);
              c.processors = new Processors(2, "0", 99, 0, 95, 10, 10);
            }),
        row(
            "a processor is full, and nobody has to wait",
            NONE,
            c -> c.processors = new Processors(4, "2", 100, 20, 40, 99, 10)),
        row("a processor is full, and nobody can be asked", "6-6?", c -> unaskedAndBusy(c)),
        row(
            "a processor is full of nobody's traffic",
            NONE,
            c -> {
              unaskedAndBusy(c);
              c.lineLoad = new LineLoad("eth0", 124_999, 0, 6_000_000, 1_500_000);
            }),
        row(
            "nothing of it was measured",
            "6-5",
            c -> {
              c.echoTime = 800_000L;
              c.processors = null;
              c.lineLoad = null;
            }),
        row(
            "what is lost is lost for its size",
            "6-3",
            c -> {
              c.largeLost = true;
              full(c, 900_000L);
            }));
  }

  private static void full(Case c, long microseconds) {
    c.lineLoad = new LineLoad("eth0", 5_100_000, 60_000, 6_000_000, 1_500_000);
    c.echoTime = microseconds;
    c.latelyTime = microseconds;
  }

  private static void fullOut(Case c, long microseconds) {
    full(c, microseconds);
    c.lineLoad = new LineLoad("eth0", 60_000, 1_275_000, 6_000_000, 1_500_000);
  }

  private static void unaskedAndBusy(Case c) {
    c.unasked = true;
    c.processors = new Processors(4, "2", 100, 20, 40, 99, 10);
  }

  private static Stream<Row> cuts() {
    return Stream.of(
        row("cut twice in an hour", NONE, c -> c.cut(2, Cause.CABLE, 600)),
        row("the cable, three times in an hour", "6-8?", c -> c.cut(3, Cause.CABLE, 600)),
        row("the address, three times in an hour", "6-8?", c -> c.cut(3, Cause.ADDRESS, 600)),
        row("no address, three times in an hour", "6-8?", c -> c.cut(3, Cause.LEASE, 600)),
        row("no way, three times in an hour", "6-8?", c -> c.cut(3, Cause.LINE, 600)),
        row("keys, three times in an hour", "6-8?", c -> c.cut(3, Cause.REKEY, 600)),
        row("silence, three times in an hour", "6-8?", c -> c.cut(3, Cause.IDLE, 600)),
        row("nothing known, three times in an hour", "6-8?", c -> c.cut(3, Cause.UNKNOWN, 600)),
        row("cut five times in a day", NONE, c -> c.cut(5, Cause.UNKNOWN, 7_200)),
        row("cut six times in a day", "6-8?", c -> c.cut(6, Cause.UNKNOWN, 7_200)),
        row(
            "what is wrong now goes before",
            "4-3",
            c -> {
              c.silentFor(42);
              c.cut(4, Cause.UNKNOWN, 600);
            }));
  }

  private static Stream<Row> leaks() {
    return Stream.of(
        row("names go past the tunnel of all", "3-5?", c -> pastNames(c, true)),
        row("names go past the tunnel of some", "3-5?", c -> pastNames(c, false)),
        row("another router gives IPv6", "2-6?", c -> c.tightness = ipv6(Ipv6.Way.PAST)),
        row("IPv6 is closed", NONE, c -> c.tightness = ipv6(Ipv6.Way.CLOSED)),
        row("IPv6 goes as IPv4 does", NONE, c -> c.tightness = ipv6(Ipv6.Way.GIVEN)));
  }

  private static void pastNames(Case c, boolean all) {
    c.tightness =
        new Tightness(
            List.of(Case.SERVER),
            true,
            List.of(new PastNames("hq", all, List.of(Case.SERVER))),
            new Ipv6(Ipv6.Way.NONE, null, null));
  }

  static Tightness ipv6(Ipv6.Way way) {
    IpAddress router = way == Ipv6.Way.PAST ? IpAddress.parse("fe80::1") : null;
    return new Tightness(List.of(Case.SERVER), false, List.of(), new Ipv6(way, "hq", router));
  }

  private static Stream<Row> remarks() {
    return Stream.of(
        row(
            "a rule refuses",
            "5-7?",
            c -> c.refusals.add(new Refusal(Sentence.plain("devices of phones"), 3))),
        row(
            "a rule refuses a packet or two",
            NONE,
            c -> c.refusals.add(new Refusal(Sentence.plain("devices of phones"), 2))),
        row(
            "a box that waits has no address of the internet",
            "2-5?",
            c -> {
              c.waiting();
              c.lines.set(0, Case.line(0, "100.64.7.9/24", true, true));
            }),
        row(
            "a fault goes before a remark",
            "6-4",
            c -> {
              c.refusals.add(new Refusal(Sentence.plain("devices of phones"), 30));
              c.echoesLost = 10;
            }));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void whatWasSeenLeadsToTheFinding(Row row) {
    Diagnosis diagnosis = row.diagnosis();
    if (row.found().equals(NONE)) {
      assertNull(diagnosis.finding(), () -> "" + diagnosis);
      assertEquals(List.of(), diagnosis.also());
      assertFalse(diagnosis.isFault());
      return;
    }
    Finding finding = diagnosis.finding();
    assertNotNull(finding);
    assertEquals(row.found(), finding.number() + (finding.fault() ? "" : "?"));
    assertFalse(diagnosis.also().contains(finding));
    assertTrue(!finding.evidence().isEmpty() || finding.key().equals("no-tunnel"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void itIsSaidInBothLanguages(Row row) {
    Finding finding = row.diagnosis().finding();
    if (finding == null) {
      return;
    }
    said(finding).forEach(DoctorTest::isSaid);
    finding.evidence().stream().filter(each -> each.key() != null).forEach(DoctorTest::isSaid);
  }

  private static List<Sentence> said(Finding finding) {
    return List.of(finding.says(), finding.next());
  }

  private static void isSaid(Sentence sentence) {
    String english = sentence.in(Language.ENGLISH);
    String japanese = sentence.in(Language.JAPANESE);
    for (String words : List.of(english, japanese)) {
      assertNotEquals(sentence.key(), words);
      assertFalse(words.matches(".*\\{\\d}.*"), words);
      assertFalse(words.contains("null"), words);
    }
    assertNotEquals(english, japanese);
  }

  @Test
  void eachNumberIsOfOneAilment() {
    Set<String> numbers = new HashSet<>();
    for (Ailment ailment : Ailment.values()) {
      assertTrue(ailment.number().matches("[1-6]-[1-9]"), ailment.number());
      assertTrue(numbers.add(ailment.number()), ailment.number());
    }
  }

  @Test
  void eachAilmentHasARow() {
    assertEquals(
        Arrays.stream(Ailment.values()).map(Ailment::number).collect(Collectors.toSet()),
        rows()
            .filter(row -> !row.found().equals(NONE))
            .map(row -> row.found().replace("?", ""))
            .collect(Collectors.toSet()));
  }

  @Test
  void noTextIsThereWithoutItsRow() throws IOException {
    Set<String> said = new TreeSet<>();
    for (Row row : rows().toList()) {
      Finding finding = row.diagnosis().finding();
      if (finding != null) {
        said(finding).forEach(each -> collect(each, said));
        finding.evidence().forEach(each -> collect(each, said));
      }
    }
    said.removeIf(key -> !key.matches("(finding|seen|span)\\..+"));
    Set<String> there =
        Files.readAllLines(Path.of("src/main/resources/words/en.properties")).stream()
            .map(line -> line.replaceAll("=.*", ""))
            .filter(key -> key.matches("(finding|seen|span)\\..+"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(there, said);
  }

  private static void collect(Sentence sentence, Set<String> into) {
    if (sentence.key() != null) {
      into.add(sentence.key());
    }
    for (Object argument : sentence.arguments()) {
      if (argument instanceof Sentence inner) {
        collect(inner, into);
      }
    }
  }

  @Test
  void aFindingIsOfItsFarEnd() {
    Case made = new Case();
    made.silentFor(7);
    Finding finding = Doctor.diagnose(made.made()).finding();
    assertEquals("hq", finding.tunnel());
    assertEquals("hq office", finding.farEnd());
    assertEquals(
        "The machine 198.51.100.7 is on, but hq office does not answer there.",
        finding.says().toString());
  }
}
