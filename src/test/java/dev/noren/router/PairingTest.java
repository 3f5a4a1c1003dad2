package dev.noren.router;

import static dev.noren.router.PairingBox.FORM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.Pairing.Decision;
import dev.noren.config.RouterJson;
import dev.noren.config.Shop;
import dev.noren.control.RecordJson;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.forms.Hello;
import dev.noren.forms.Revelation;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Sentence;
import dev.noren.tunnel.TunnelSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole conversation of a pairing, without sockets, and what a hostile end makes of it. */
class PairingTest {
  @TempDir private Path folder;
  private PairingBox ueno;
  private PairingBox ginza;
  private String line;

  @BeforeEach
  void invite() throws Exception {
    ueno = box("ueno", "192.168.10.1/24");
    ginza = box("ginza", "192.168.20.1/24");
    line = ueno.desk.invite(FORM, null, null, "akira").line();
  }

  private PairingBox box(String name, String net) throws Exception {
    return new PairingBox(name, net, Files.createTempDirectory(folder, name));
  }

  private void join(PairingBox box) throws Exception {
    box.desk.join(line, FORM, null, "hanako");
  }

  private void untilDigits() throws Exception {
    join(ginza);
    assertTrue(ginza.say(ueno).startsWith("terms "));
    assertEquals("waits", ginza.say(ueno));
  }

  private static Shop shop(PairingBox box) {
    return box.form().shops().getFirst();
  }

  @Test
  void bothShowTheSameDigitsAndAreJoinedOnceBothHaveAccepted() throws Exception {
    untilDigits();
    assertEquals(ueno.pair().digits(), ginza.pair().digits());
    assertTrue(ueno.pair().digits().matches("\\d{6}"));
    assertTrue(ueno.form().shops().isEmpty());
    ueno.desk.accept(FORM, "akira");
    assertEquals("accepted", ginza.say(ueno));
    assertTrue(ginza.form().shops().isEmpty(), "the joiner's person has not accepted");
    ginza.desk.accept(FORM, "hanako");
    assertNull(ginza.form().pairing());
    assertEquals(ueno.form().gateway().privateKey().publicKey(), shop(ginza).publicKey());
    assertEquals(ginza.form().gateway().privateKey().publicKey(), shop(ueno).publicKey());
    assertEquals(shop(ueno).presharedKey(), shop(ginza).presharedKey());
    assertNotEquals(ueno.form().pairing().presharedKey(), shop(ueno).presharedKey());
    assertEquals(List.of(Cidr.parse("192.168.20.0/24")), shop(ueno).subnets());
    assertEquals(List.of(Cidr.parse("192.168.10.0/24")), shop(ginza).subnets());
    assertEquals("203.0.113.7:51820", shop(ginza).endpoint().toString());
    assertEquals(ginza.form().gateway().addresses().getFirst().address(), shop(ueno).address());
  }

  @Test
  void theJoinersPersonMayAcceptFirst() throws Exception {
    untilDigits();
    ginza.desk.accept(FORM, "hanako");
    assertEquals("waits", ginza.say(ueno));
    assertTrue(ginza.form().shops().isEmpty());
    ueno.desk.accept(FORM, "akira");
    assertEquals("accepted", ginza.say(ueno));
    assertEquals(1, ginza.form().shops().size());
  }

  @Test
  void nothingIsAcceptedBeforeThereAreDigits() throws Exception {
    assertThrows(IOException.class, () -> ueno.desk.accept(FORM, "akira"));
    join(ginza);
    assertThrows(IOException.class, () -> ginza.desk.accept(FORM, "hanako"));
    ginza.say(ueno);
    assertThrows(IOException.class, () -> ueno.desk.accept(FORM, "akira"));
    assertNull(ueno.pair().digits(), "the joiner has not revealed its nonce");
  }

  @Test
  void aSecondJoinerIsToldThatItWasUsedAndTheFirstGoesOn() throws Exception {
    untilDigits();
    String digits = ueno.pair().digits();
    PairingBox late = box("late", "192.168.30.1/24");
    join(late);
    assertEquals("refused used", late.say(ueno));
    assertTrue(
        late.pair().state().toString().contains("was used already"),
        late.pair().state().toString());
    assertNull(late.pair().digits());
    assertNull(late.next(), "it does not ask again");
    assertEquals(digits, ueno.pair().digits());
    assertEquals("waits", ginza.say(ueno));
  }

  @Test
  void whoComesAfterTheShopsAreJoinedIsToldThatItWasUsedToo() throws Exception {
    untilDigits();
    ueno.desk.accept(FORM, "akira");
    ginza.desk.accept(FORM, "hanako");
    ginza.say(ueno);
    ueno.desk.look();
    assertTrue(
        ueno.pair().state().toString().contains("has not changed over yet"),
        ueno.pair().state().toString());
    ueno.tunnels.put(FORM.text(), handshake(shop(ueno).publicKey()));
    ueno.desk.look();
    assertEquals(Decision.PAIRED, ueno.form().pairing().decision());
    assertTrue(
        ueno.pair().state().toString().startsWith("the two shops are joined"),
        ueno.pair().state().toString());
    assertEquals(
        ueno.form().pairing(),
        RouterJson.read("x", RouterJson.write(ueno.config())).form(FORM).pairing());
    PairingBox late = box("late", "192.168.30.1/24");
    join(late);
    assertEquals("refused used", late.say(ueno));
    assertEquals(1, ueno.form().shops().size());
    assertThrows(IOException.class, () -> ueno.desk.refuse(FORM, "akira"));
    ueno.now = ueno.now.plus(Duration.ofDays(2));
    ueno.desk.look();
    assertNull(ueno.form().pairing());
    assertEquals(1, ueno.form().shops().size());
  }

  private static TunnelSnapshot handshake(PublicKey key) {
    return new TunnelSnapshot(
        null,
        0,
        0,
        List.of(
            new TunnelSnapshot.PeerSnapshot(
                key, PresharedKey.NONE, null, 0, 1, 0, -1, 0, 0, List.of())));
  }

  @Test
  void aHubsPersonIsToldWhatItsOtherShopsDoNotKnowYet() throws Exception {
    ueno.hub();
    line = ueno.desk.invite(FORM, "Ginza", null, "akira").line();
    untilDigits();
    assertEquals(List.of(), ueno.pair().remarks());
    List<Sentence> told = ueno.desk.accept(FORM, "akira").remarks();
    assertEquals(2, told.size());
    String first = told.getFirst().toString();
    assertTrue(first.startsWith("Osaka does not know Ginza yet: add 192.168.20.0/24"), first);
    String last = told.getLast().toString();
    assertTrue(last.endsWith("to the networks of this shop (shops)"), last);
    assertEquals(List.of(), ginza.desk.accept(FORM, "hanako").remarks());
    ginza.say(ueno);
    assertEquals(3, shop(ginza).subnets().size(), "the joiner has heard of the others");
  }

  @Test
  void anInvitationGivesAwayNoAddressThatADeviceHad() throws Exception {
    ueno.gaveAwayUpTo(7);
    ueno.desk.invite(FORM, null, null, "akira");
    assertEquals("10.99.0.8", ueno.form().pairing().givenAddress().toString());
    assertEquals("10.99.0.9", ueno.form().pairing().farAddress().toString());
  }

  @Test
  void anAnswerThatWasLostIsGivenAgainAndTheSame() throws Exception {
    join(ginza);
    ginza.next();
    String hello = ginza.next();
    String terms = ueno.answers.answer(FORM, hello);
    assertEquals(terms, ueno.answers.answer(FORM, hello));
    ginza.say(ueno);
    ginza.say(ueno);
    assertEquals(ueno.pair().digits(), ginza.pair().digits());
  }

  @Test
  void itExpiresByTheInvitersClockAtEachStep() throws Exception {
    join(ginza);
    ginza.now = ginza.now.plus(Duration.ofDays(3000));
    ueno.now = ueno.now.plus(Duration.ofHours(24)).minusSeconds(1);
    assertTrue(ginza.say(ueno).startsWith("terms "), "the joiner's clock does not count");
    ueno.now = ueno.now.plusSeconds(1);
    assertEquals("refused expired", ginza.say(ueno));
    assertTrue(
        ginza.pair().state().toString().contains("has expired by the clock"),
        ginza.pair().state().toString());
    ueno.now = ueno.now.minus(Duration.ofDays(300));
    PairingBox other = box("other", "192.168.30.1/24");
    join(other);
    assertEquals("refused used", other.say(ueno));
    assertTrue(
        ueno.pair().state().toString().contains("expired"),
        "a clock that goes back revives nothing");
  }

  @Test
  void whatIsLongPastGoes() throws Exception {
    ueno.desk.look();
    assertEquals(1, ueno.desk.pairings().size());
    ueno.now = ueno.now.plus(Duration.ofDays(2));
    ueno.desk.look();
    assertEquals(List.of(), ueno.desk.pairings());
    join(ginza);
    assertEquals("refused unknown", ginza.say(ueno));
  }

  @Test
  void refusedStaysRefused() throws Exception {
    untilDigits();
    ueno.desk.refuse(FORM, "akira");
    assertEquals("refused refused", ginza.say(ueno));
    assertThrows(IOException.class, () -> ueno.desk.accept(FORM, "akira"));
    assertTrue(ueno.form().shops().isEmpty());
    ginza.desk.refuse(FORM, "hanako");
    assertNull(ginza.form());
  }

  @Test
  void aNewInvitationEndsTheOldOne() throws Exception {
    join(ginza);
    ueno.desk.invite(FORM, null, null, "akira");
    assertEquals("refused unknown", ginza.say(ueno));
  }

  @Test
  void lansThatOverlapAreSeenAsOthers() throws Exception {
    ginza = box("ginza", "192.168.10.1/24");
    untilDigits();
    ueno.desk.accept(FORM, "akira");
    ginza.desk.accept(FORM, "hanako");
    ginza.say(ueno);
    Shop far = shop(ginza);
    assertEquals(List.of(Cidr.parse("192.168.10.0/24")), far.subnets());
    assertEquals(1, far.seenAs().size());
    assertFalse(far.seenAs().getFirst().overlaps(shop(ueno).subnets().getFirst()));
    assertFalse(shop(ueno).subnets().getFirst().overlaps(Cidr.parse("192.168.10.0/24")));
  }

  @Test
  void whileAChangeWaitsToBeConfirmedTheJoinerIsToldToWait() throws Exception {
    join(ginza);
    ueno.live.set("dns.forceClients", "false", "akira");
    assertEquals("refused later", ginza.say(ueno));
    assertTrue(
        ginza.pair().state().toString().contains("asked again"), ginza.pair().state().toString());
    ueno.live.confirm("akira");
    assertTrue(ginza.say(ueno).startsWith("terms "));
  }

  @Test
  void aRevelationThatWasNotCommittedToIsRefused() throws Exception {
    join(ginza);
    ginza.say(ueno);
    Hello hello = RecordJson.read(ueno.form().pairing().heard(), Hello.class);
    for (String nonce : new String[] {"00".repeat(32), "", "x", "0".repeat(100_000), null}) {
      assertEquals(
          "refused wrong",
          ueno.answers.answer(
              FORM,
              "reveal "
                  + RecordJson.write(new Revelation(hello.id(), hello.publicKey(), nonce), false)));
    }
    assertNull(ueno.pair().digits());
    assertEquals("waits", ginza.say(ueno));
  }

  private static String hello(PairingBox inviter, String subnet, String name, String key) {
    return "hello "
        + RecordJson.write(
            new Hello(
                inviter.form().pairing().id(),
                name,
                key,
                Cidr.parse(subnet),
                List.of(),
                List.of(),
                "00".repeat(32)),
            false);
  }

  private static String key(int seed) {
    return PrivateKey.generate(new Random(seed)).publicKey().toBase64();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/0", "192.168.0.0/12", "10.0.0.0/8", "8.8.8.0/24", "fd00::/64"})
  void networksThatSwallowOthersAreRefusedAndUseNothingUp(String subnet) throws Exception {
    assertEquals("refused networks", ueno.answers.answer(FORM, hello(ueno, subnet, "x", key(1))));
    assertNull(ueno.form().pairing().heard());
    join(ginza);
    assertTrue(ginza.say(ueno).startsWith("terms "));
  }

  @Test
  void whatAHostileJoinerSaysChangesNothing() {
    String id = ueno.form().pairing().id();
    String own = ueno.form().gateway().privateKey().publicKey().toBase64();
    String[] lines = {
      "",
      "hello",
      "hello ",
      "hello {}",
      "hello null",
      "hello []",
      "hello {\"id\": \"" + id + "\"}",
      "hello " + "[".repeat(8000),
      "hello {\"taken\": " + "[".repeat(8000),
      "hello {\"x\": " + "{\"x\":".repeat(1500),
      "hello " + "x".repeat(20_000),
      "reveal {}",
      "reveal null",
      "shout {}",
      hello(ueno, "192.168.20.0/24", "x", own),
      hello(ueno, "192.168.20.0/24", "x", "A".repeat(43) + "="),
      hello(ueno, "192.168.20.0/24", "x", "no key"),
      hello(ueno, "192.168.20.0/24", "x".repeat(3000), key(1)),
      hello(ueno, "192.168.20.0/24", "x", key(1)).replace(id, "0123456789abcdef"),
      hello(ueno, "192.168.20.0/24", "x", key(1))
          .replace("\"endpoints\":[]", "\"endpoints\":[\"127.0.0.1:1\"]"),
      hello(ueno, "192.168.20.0/24", "x", key(1))
          .replace("\"endpoints\":[]", "\"endpoints\":[null]"),
    };
    for (String said : lines) {
      String answer = ueno.answers.answer(FORM, said);
      assertTrue(answer.startsWith("refused "), said + " was answered " + answer);
      assertNull(ueno.form().pairing().heard(), said);
    }
  }

  @Test
  void aHostileNameDoesNothingToATerminalNorToTheDocument() throws Exception {
    String name = "\u001b[2J\"},{\n暖簾\u202e";
    assertTrue(
        ueno.answers
            .answer(FORM, hello(ueno, "192.168.20.0/24", name, key(1)))
            .startsWith("terms "));
    assertEquals("2J,暖簾", ueno.pair().shop());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "terms {}",
        "terms null",
        "terms {\"nonce\":\"00\",\"subnets\":[\"0.0.0.0/0\"],\"seenAs\":[\"0.0.0.0/0\"],"
            + "\"joinerSeenAs\":null}",
        "terms {\"nonce\":\"00\",\"subnets\":[\"192.168.20.0/24\"],"
            + "\"seenAs\":[\"192.168.20.0/24\"],\"joinerSeenAs\":null}",
        "terms {\"nonce\":\"00\",\"subnets\":[\"192.168.10.0/24\"],"
            + "\"seenAs\":[\"192.168.10.0/24\"],\"joinerSeenAs\":\"10.0.0.0/8\"}",
      })
  void whatAHostileInviterAnswersIsNotFollowed(String answer) throws Exception {
    join(ginza);
    ginza.next();
    ginza.calls.answered(FORM, answer);
    assertTrue(
        ginza.pair().state().toString().contains("can't be followed"),
        ginza.pair().state().toString());
    assertNull(ginza.pair().digits());
    assertNull(ginza.next());
  }

  @Test
  void anInviterThatAcceptsByItselfGetsNothingUntilTheJoinersPersonHasAccepted() throws Exception {
    untilDigits();
    ginza.calls.answered(FORM, "accepted");
    assertTrue(ginza.form().shops().isEmpty());
    assertEquals(Decision.OPEN, ginza.form().pairing().decision());
  }

  @Test
  void whereNobodyCanCallInNoInvitationIsMade() throws Exception {
    ueno.line = IpAddress.parse("100.64.7.100");
    IOException refused =
        assertThrows(IOException.class, () -> ueno.desk.invite(FORM, null, null, "akira"));
    assertTrue(refused.getMessage().contains("CGNAT"), refused.getMessage());
    assertTrue(
        refused.getMessage().contains("where the other router is reached"), refused.getMessage());
  }

  @Test
  void aClockThatWasNeverSetIsSpokenOf() throws Exception {
    ueno.now = ueno.now.minus(Duration.ofDays(20_000));
    List<Sentence> remarks = ueno.desk.invite(FORM, null, null, "akira").remarks();
    assertTrue(remarks.getLast().toString().contains("so it was never set"), remarks.toString());
  }
}
