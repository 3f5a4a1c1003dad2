package dev.noren.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.doctor.Cut.Cause;
import dev.noren.doctor.Tightness.Ipv6;
import dev.noren.doctor.Tightness.PastNames;
import dev.noren.net.IpAddress;
import dev.noren.status.Finding;
import dev.noren.status.RouterStatus.Line;
import dev.noren.text.Language;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody complains of, and what is said to it. */
class SymptomTest {
  private static Diagnosis diagnosis(Symptom symptom, Consumer<Case> change) {
    Case made = new Case();
    change.accept(made);
    return Doctor.diagnose(made.made(), symptom);
  }

  /** The numbers in their order. */
  private static String numbers(Diagnosis diagnosis) {
    return Stream.concat(Stream.ofNullable(diagnosis.finding()), diagnosis.also().stream())
        .map(Finding::number)
        .collect(Collectors.joining(" "));
  }

  private static void muchAtOnce(Case c) {
    c.silentFor(7);
    c.refusals.add(new Refusal(Sentence.plain("devices of phones"), 30));
    c.cut(3, Cause.CABLE, 600);
    c.tightness = DoctorTest.ipv6(Ipv6.Way.PAST);
  }

  @Test
  void whatFitsTheComplaintGoesBeforeTheRest() {
    assertEquals("4-3 5-7 6-8 2-6", numbers(diagnosis(null, SymptomTest::muchAtOnce)));
    assertEquals("4-3 5-7 6-8 2-6", numbers(diagnosis(Symptom.CONNECT, SymptomTest::muchAtOnce)));
    assertEquals("6-8 4-3 5-7 2-6", numbers(diagnosis(Symptom.CUT, SymptomTest::muchAtOnce)));
    assertEquals("2-6 4-3 5-7 6-8", numbers(diagnosis(Symptom.LEAK, SymptomTest::muchAtOnce)));
    assertEquals("4-3 5-7 6-8 2-6", numbers(diagnosis(Symptom.SLOW, SymptomTest::muchAtOnce)));
  }

  @Test
  void itIsSaidWhetherAnythingFits() {
    assertNull(diagnosis(null, SymptomTest::muchAtOnce).complaint());
    assertTrue(diagnosis(Symptom.CUT, SymptomTest::muchAtOnce).complaint().found());
    assertFalse(diagnosis(Symptom.SLOW, SymptomTest::muchAtOnce).complaint().found());
    Diagnosis well = diagnosis(Symptom.LEAK, c -> {});
    assertNull(well.finding());
    assertEquals("leak", well.complaint().symptom());
    assertFalse(well.complaint().found());
  }

  @Test
  void whatWasBeforeIsSaidAlsoWhileTheLineIsOut() {
    assertEquals(
        "1-1 6-8",
        numbers(
            diagnosis(
                Symptom.CUT,
                c -> {
                  c.lines.set(0, Case.line(0, null, false, false));
                  c.cut(3, Cause.CABLE, 600);
                })));
  }

  /** Somebody complains of each thing that can be found. */
  @ParameterizedTest
  @EnumSource(Ailment.class)
  void eachFindingFitsAComplaint(Ailment ailment) {
    Finding finding = Findings.of(ailment, true, List.of());
    assertTrue(
        Stream.of(Symptom.values()).anyMatch(each -> Ailment.fits(finding, each)), ailment::number);
  }

  @ParameterizedTest
  @EnumSource(Symptom.class)
  void eachHasItsKeyAndWords(Symptom symptom) {
    assertEquals(symptom, Symptom.of(symptom.key()));
    isSaid(symptom.says());
    isSaid(symptom.none());
  }

  @Test
  void thereAreNoOthers() {
    assertNull(Symptom.of(null));
    Refused refused = assertThrows(Refused.class, () -> Symptom.of("SLOW"));
    assertTrue(refused.getMessage().contains("connect, slow, cut or leak"), refused::getMessage);
  }

  /** A row: what somebody complains of, how it is, and one thing that is said of it. */
  record Row(Symptom symptom, String says, Consumer<Case> change) {
    @Override
    public String toString() {
      return symptom + ": " + says;
    }
  }

  private static Row row(Symptom symptom, String says, Consumer<Case> change) {
    return new Row(symptom, says, change);
  }

  private static Stream<Row> rows() {
    return Stream.of(
        row(Symptom.CONNECT, "The line eth0 has the address 192.0.2.2 and leads on.", c -> {}),
        row(
            Symptom.CONNECT,
            "The line eth0 has the address 192.0.2.2 and leads nowhere.",
            c -> c.lines.set(0, Case.line(0, "192.0.2.2/29", true, false))),
        row(Symptom.CONNECT, "eth0 has no address.", c -> c.lines.set(0, noAddress())),
        row(
            Symptom.CONNECT,
            "The port eth0 has no cable in it, or what is at the other end is off.",
            c -> c.lines.set(0, Case.line(0, null, false, false))),
        row(
            Symptom.CONNECT,
            "No port has given an address, so that none is known as the internet's.",
            c -> c.lines.clear()),
        row(Symptom.CONNECT, "The next router, 192.0.2.1, answers echoes.", c -> {}),
        row(
            Symptom.CONNECT,
            "The next router, 192.0.2.1, answers no echo.",
            c -> c.gatewayAnswers = false),
        row(Symptom.CONNECT, "Name servers that answer: 192.0.2.53.", c -> {}),
        row(
            Symptom.CONNECT,
            "Name servers that do not answer: 192.0.2.53.",
            c -> c.namesAnswer = false),
        row(Symptom.CONNECT, "hq office: the ends last shook hands 12 s ago.", c -> {}),
        row(Symptom.CONNECT, "hq office: data last came 3 s ago.", c -> {}),
        row(Symptom.CONNECT, "hq office has been called for 42 s in vain.", c -> c.silentFor(42)),
        row(Symptom.CONNECT, "hq office has not called yet.", Case::waiting),
        row(
            Symptom.CONNECT,
            "hq office was not called yet, as nothing was sent to it.",
            c -> c.silentFor(0)),
        row(
            Symptom.SLOW,
            "The fullest of 4 processors, number 2, was busy 30 % of the last 10 s.",
            c -> {}),
        row(
            Symptom.SLOW,
            "This program used 25 % of one processor; all processors together were busy 20 %.",
            c -> {}),
        row(
            Symptom.SLOW,
            "eth0 carries 3.2 Mbit/s in and 0.5 Mbit/s out; the most that it ever showed was 48.0"
                + " in and 12.0 out.",
            c -> {}),
        row(Symptom.SLOW, "hq office: 1 of the last 20 echoes were lost.", c -> c.echoesLost = 1),
        row(Symptom.SLOW, "hq office: half of the echoes take 9 ms or longer.", c -> {}),
        row(Symptom.SLOW, "hq office: when it is calm, they take 9 ms.", c -> {}),
        row(
            Symptom.SLOW,
            "Packets of 1420 bytes are not known to get lost in the tunnel hq.",
            c -> {}),
        row(
            Symptom.SLOW,
            "Through the tunnel small echoes are answered, and those as large as its MTU of 1420"
                + " are not.",
            c -> c.largeLost = true),
        row(
            Symptom.SLOW,
            "Through the tunnel packets of 1420 bytes come, and larger ones get lost.",
            c -> c.narrowed = true),
        row(
            Symptom.SLOW,
            "hq office: no address is known that could be asked how long answers take.",
            c -> c.unasked = true),
        row(Symptom.SLOW, "No far end is configured.", c -> c.alone = true),
        row(Symptom.CUT, "This box has been watching for 25 hours.", c -> {}),
        row(
            Symptom.CUT,
            "hq office: cut 0 times in the last hour, 0 times in the last day.",
            c -> {}),
        row(
            Symptom.CUT,
            "hq office: cut 1 times in the last hour, 2 times in the last day.",
            c -> c.cut(2, Cause.IDLE, 3_599)),
        row(
            Symptom.CUT,
            "2 times keys were to be made anew without an answer, while data still came.",
            c -> c.cut(2, Cause.REKEY, 600)),
        row(
            Symptom.CUT,
            "The last time was 10 minutes ago, for 12 s.",
            c -> c.cut(2, Cause.REKEY, 600)),
        row(
            Symptom.CUT,
            "hq office calls by itself and may be gone at will, so it is not counted.",
            Case::waiting),
        row(Symptom.LEAK, "No tunnel has a kill switch.", c -> {}),
        row(Symptom.LEAK, "The box asks the servers that were chosen: 9.9.9.9", c -> chosen(c)),
        row(Symptom.LEAK, "There is no server to ask yet.", c -> {}),
        row(Symptom.LEAK, "Past tunnel hq these name servers are asked: 9.9.9.9.", c -> chosen(c)),
        row(Symptom.LEAK, "IPv6: the box gives none to the shop’s devices.", c -> {}),
        row(
            Symptom.LEAK,
            "IPv6: the box gives it to the shop’s devices.",
            c -> c.tightness = DoctorTest.ipv6(Ipv6.Way.GIVEN)),
        row(
            Symptom.LEAK,
            "IPv6 of clients is blocked: hq takes everything and does not carry it.",
            c -> c.tightness = DoctorTest.ipv6(Ipv6.Way.CLOSED)),
        row(
            Symptom.LEAK,
            "The router fe80::1 gives IPv6 to the devices of the shop's network; what they send by"
                + " it does not come to this box.",
            c -> c.tightness = DoctorTest.ipv6(Ipv6.Way.PAST)),
        row(
            Symptom.LEAK,
            "Tunnels whose traffic goes out past them while they are down: hq. Switch their kill"
                + " switch on, under “Tunnels”.",
            c -> c.open = true),
        row(
            Symptom.LEAK,
            "hq: while it is down, this stays inside: all traffic. MTU 1420",
            c -> c.promised = Sentence.of("promised.all-traffic")));
  }

  private static Line noAddress() {
    return Case.line(0, null, true, false);
  }

  private static void chosen(Case c) {
    var servers = List.of(IpAddress.parse("9.9.9.9"));
    c.tightness =
        new Tightness(
            servers,
            true,
            List.of(new PastNames("hq", true, servers)),
            new Ipv6(Ipv6.Way.NONE, null, null));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void whatWasLookedAtIsSaid(Row row) {
    List<String> said =
        diagnosis(row.symptom(), row.change()).complaint().looked().stream()
            .map(Sentence::toString)
            .toList();
    assertTrue(said.contains(row.says()), () -> "" + said);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void itIsSaidInBothLanguages(Row row) {
    diagnosis(row.symptom(), row.change()).complaint().looked().forEach(SymptomTest::isSaid);
  }

  private static void isSaid(Sentence sentence) {
    String english = sentence.in(Language.ENGLISH);
    String japanese = sentence.in(Language.JAPANESE);
    assertNotEquals(sentence.key(), english);
    assertNotEquals(english, japanese);
    assertFalse((english + japanese).matches(".*(\\{\\d}|null).*"), english + japanese);
  }

  @Test
  void noTextIsThereWithoutItsRow() throws IOException {
    Set<String> said = new TreeSet<>();
    for (Row row : rows().toList()) {
      diagnosis(row.symptom(), row.change())
          .complaint()
          .looked()
          .forEach(each -> said.add(each.key()));
    }
    List<String> missing = new ArrayList<>();
    Files.readAllLines(Path.of("src/main/resources/words/en.properties")).stream()
        .map(line -> line.replaceAll("=.*", ""))
        .filter(key -> key.startsWith("looked.") && !said.contains(key))
        .forEach(missing::add);
    assertEquals(List.of(), missing);
  }
}
