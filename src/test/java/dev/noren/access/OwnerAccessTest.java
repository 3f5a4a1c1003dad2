package dev.noren.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.access.OwnerAccess.Decision;
import dev.noren.access.OwnerAccess.Outcome;
import dev.noren.text.Refused;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OwnerAccessTest {
  private static final SetupCode CODE = new SetupCode("K7MQ-2XWD");
  private static final String GOOD = "plover kettle ninth lantern";
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final SecureRandom CHANCE = new SecureRandom();

  private String kept;
  private IOException failure;
  private OwnerAccess access = access();
  private long nowNs;

  private OwnerAccess access() {
    return new OwnerAccess(kept, kept == null ? CODE : null, this::keep, CHANCE);
  }

  private void keep(String text) throws IOException {
    if (failure != null) {
      throw failure;
    }
    kept = text;
  }

  private Decision claim(String source, String typed, boolean present, String passphrase)
      throws IOException {
    return access.claim(source, typed, () -> present, passphrase, List.of("noren"), nowNs);
  }

  private Decision signIn(String source, String passphrase, String code) throws IOException {
    return access.signIn(source, passphrase, code, NOW, nowNs);
  }

  private void claimed() throws IOException {
    assertEquals(Outcome.LET_IN, claim("a", "K7MQ-2XWD", false, GOOD).outcome());
  }

  @Test
  void theSetupCodeMakesAnOwnerOnce() throws IOException {
    assertFalse(access.isClaimed());
    assertEquals(Outcome.NOT_NOW, signIn("a", GOOD, "").outcome());
    assertEquals(Outcome.REFUSED, claim("a", "K7MQ-2XWE", false, GOOD).outcome());
    assertEquals(Outcome.REFUSED, claim("a", "", false, GOOD).outcome());
    assertNull(kept);
    Decision decision = claim("a", "ｋ７ｍｑ 2xwd", false, GOOD);
    assertEquals(Outcome.LET_IN, decision.outcome());
    assertNotNull(access.session(decision.session().token(), nowNs));
    assertTrue(access.isClaimed());
    assertEquals(Outcome.NOT_NOW, claim("a", "", true, GOOD).outcome());
    access = access();
    assertTrue(access.isClaimed());
    assertEquals(Outcome.LET_IN, signIn("b", GOOD, "").outcome());
    assertFalse(kept.contains(GOOD));
  }

  @Test
  void theButtonProvesItToo() throws IOException {
    assertEquals(Outcome.LET_IN, claim("a", "", true, GOOD).outcome());
  }

  @Test
  void aBoxWithoutACodeIsClaimedByTheButtonAlone() throws IOException {
    access = new OwnerAccess(null, null, this::keep, CHANCE);
    assertEquals(Outcome.REFUSED, claim("a", "", false, GOOD).outcome());
    assertEquals(Outcome.LET_IN, claim("b", "", true, GOOD).outcome());
  }

  @Test
  void whatIsEasyToGuessIsRefused() throws IOException {
    for (String easy : List.of("short", "password", "noren1234", "abcdefgh", "sakura2024")) {
      Decision decision = claim("a", "K7MQ-2XWD", false, easy);
      assertEquals(Outcome.WEAK, decision.outcome(), easy);
      assertNotNull(decision.why());
    }
    assertEquals(Outcome.WEAK, claim("a", "K7MQ-2XWD", false, "x".repeat(401)).outcome());
    assertNull(kept);
    assertEquals(Outcome.LET_IN, claim("a", "K7MQ-2XWD", false, "柿の種 三丁目 走る鯨 九月").outcome());
  }

  @Test
  void whatCanNotBeKeptHasNotHappened() {
    failure = new IOException("full");
    assertThrows(IOException.class, () -> claim("a", "K7MQ-2XWD", false, GOOD));
    assertFalse(access.isClaimed());
    failure = null;
    assertEquals(Outcome.LET_IN, assertAnswers(() -> claim("a", "K7MQ-2XWD", false, GOOD)));
  }

  private interface Attempt {
    Decision make() throws IOException;
  }

  private static Outcome assertAnswers(Attempt attempt) {
    try {
      return attempt.make().outcome();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoGuessesWaitsAndTheOwnerDoesNot() throws IOException {
    claimed();
    for (int i = 0; i < Attempts.FREE - 1; i++) {
      assertEquals(new Decision(Outcome.REFUSED, null, 0, null), signIn("thief", "x", ""));
    }
    assertEquals(60, signIn("thief", "x", "").waitSeconds());
    assertEquals(Outcome.TOO_MANY, signIn("thief", GOOD, "").outcome());
    assertEquals(Outcome.LET_IN, signIn("owner", GOOD, "").outcome());
    nowNs += TimeUnit.SECONDS.toNanos(60);
    assertEquals(Outcome.LET_IN, signIn("thief", GOOD, "").outcome());
  }

  @Test
  void thousandsOfSourcesLockNobodyOut() throws IOException {
    claimed();
    Attempts attempts = new Attempts(true);
    for (int i = 0; i < 2 * Attempts.MOST; i++) {
      attempts.failed("thief " + i, nowNs);
    }
    assertEquals(0, attempts.waitNs("owner", nowNs));
    assertTrue(new Attempts().waitNs("owner", nowNs) == 0);
  }

  @Test
  void anotherPassphraseEndsAllSessions() throws IOException {
    claimed();
    String token = signIn("b", GOOD, "").session().token();
    String other = "wheel orchid basin thirteen";
    assertEquals(
        Outcome.REFUSED, access.changePassphrase("a", "x", other, List.of(), nowNs).outcome());
    assertEquals(
        Outcome.WEAK, access.changePassphrase("a", GOOD, "12345678", List.of(), nowNs).outcome());
    assertNotNull(access.session(token, nowNs));
    Decision decision = access.changePassphrase("a", GOOD, other, List.of(), nowNs);
    assertEquals(Outcome.LET_IN, decision.outcome());
    assertNull(access.session(token, nowNs));
    assertNotNull(access.session(decision.session().token(), nowNs));
    assertEquals(Outcome.REFUSED, signIn("b", GOOD, "").outcome());
    assertEquals(Outcome.LET_IN, signIn("b", other, "").outcome());
  }

  @Test
  void theSecondFactorIsAskedForAndNoCodeCountsTwice() throws IOException {
    claimed();
    TotpSecret secret = TotpSecret.generate(CHANCE);
    long step = Totp.stepOf(NOW);
    assertNull(access.addSecondFactor(secret, "000000x", NOW));
    List<String> recovery = access.addSecondFactor(secret, Totp.code(secret.key(), step - 1), NOW);
    assertEquals(RecoveryCodes.COUNT, recovery.size());
    assertTrue(access.hasSecondFactor());
    access = access();
    assertEquals(Outcome.CODE_NEEDED, signIn("a", GOOD, "").outcome());
    assertEquals(Outcome.REFUSED, signIn("a", "x", Totp.code(secret.key(), step)).outcome());
    String code = Totp.code(secret.key(), step);
    assertEquals(Outcome.LET_IN, signIn("a", GOOD, code).outcome());
    assertEquals(Outcome.CODE_NEEDED, signIn("a", GOOD, code).outcome());
    assertEquals(
        Outcome.LET_IN, signIn("b", GOOD, recovery.getFirst().toLowerCase(Locale.ROOT)).outcome());
    assertEquals(Outcome.CODE_NEEDED, signIn("b", GOOD, recovery.getFirst()).outcome());
    assertFalse(kept.contains(recovery.get(1)));
    assertEquals(Outcome.REFUSED, access.removeSecondFactor("c", "x", nowNs).outcome());
    assertTrue(access.hasSecondFactor());
    assertEquals(Outcome.LET_IN, access.removeSecondFactor("c", GOOD, nowNs).outcome());
    assertEquals(Outcome.NOT_NOW, access.removeSecondFactor("c", GOOD, nowNs).outcome());
    access = access();
    assertEquals(Outcome.LET_IN, signIn("c", GOOD, "").outcome());
  }

  /** Who sits at a page that was left open guesses as slowly as who signs in. */
  @Test
  void theSecondFactorIsNotRemovedByGuessing() throws IOException {
    claimed();
    TotpSecret secret = TotpSecret.generate(CHANCE);
    access.addSecondFactor(secret, Totp.code(secret.key(), Totp.stepOf(NOW)), NOW);
    for (int i = 0; i < Attempts.FREE; i++) {
      assertEquals(Outcome.REFUSED, access.removeSecondFactor("a", "x" + i, nowNs).outcome());
    }
    Decision decision = access.removeSecondFactor("a", GOOD, nowNs);
    assertEquals(Outcome.TOO_MANY, decision.outcome());
    assertTrue(access.hasSecondFactor());
    nowNs += TimeUnit.SECONDS.toNanos(decision.waitSeconds());
    assertEquals(Outcome.LET_IN, access.removeSecondFactor("a", GOOD, nowNs).outcome());
  }

  /** As by who sits at a page that was left open. */
  @Test
  void theSecondFactorIsNotReplaced() throws IOException {
    claimed();
    TotpSecret secret = TotpSecret.generate(CHANCE);
    access.addSecondFactor(secret, Totp.code(secret.key(), Totp.stepOf(NOW)), NOW);
    TotpSecret other = TotpSecret.generate(CHANCE);
    String code = Totp.code(other.key(), Totp.stepOf(NOW));
    assertThrows(Refused.class, () -> access.addSecondFactor(other, code, NOW));
  }

  @Test
  void aTechniciansCodeDoesNotLetHimGuessThePassphrase() throws IOException {
    claimed();
    SetupCode code = access.openVisit();
    for (int i = 0; i < Attempts.FREE; i++) {
      assertEquals(Outcome.REFUSED, signIn("v", "guess " + i, "").outcome());
      assertEquals(Outcome.LET_IN, access.signInVisitor("v", code.text(), nowNs).outcome());
    }
    assertEquals(Outcome.TOO_MANY, signIn("v", GOOD, "").outcome());
  }

  @Test
  void aTechnicianHasOneSessionHoweverOftenHeSignsIn() throws IOException {
    claimed();
    Decision own = signIn("a", GOOD, "");
    SetupCode code = access.openVisit();
    for (int i = 0; i < 100; i++) {
      assertEquals(Outcome.LET_IN, access.signInVisitor("v", code.text(), nowNs).outcome());
    }
    assertNotNull(access.session(own.session().token(), nowNs), "the owner stays");
  }

  @Test
  void aTechniciansSessionEndsWithHisVisit() throws IOException {
    claimed();
    assertEquals(Outcome.REFUSED, access.signInVisitor("v", "K7MQ-2XWD", nowNs).outcome());
    SetupCode code = access.openVisit();
    Decision decision = access.signInVisitor("v", code.text(), nowNs);
    assertEquals(Outcome.LET_IN, decision.outcome());
    assertTrue(access.session(decision.session().token(), nowNs).visitor());
    Decision own = signIn("a", GOOD, "");
    assertFalse(access.session(own.session().token(), nowNs).visitor());
    access.closeVisit();
    assertNull(access.session(decision.session().token(), nowNs));
    assertNotNull(access.session(own.session().token(), nowNs), "the owner stays");
    assertEquals(Outcome.REFUSED, access.signInVisitor("v", code.text(), nowNs).outcome());
  }

  @Test
  void sessionsEnd() {
    Sessions sessions = new Sessions(CHANCE);
    Sessions.Session one = sessions.begin(0);
    assertNotEquals(one.token(), sessions.begin(0).token());
    long now = Sessions.IDLE_NS - 1;
    assertEquals(one, sessions.use(one.token(), now));
    assertEquals(one, sessions.use(one.token(), now + Sessions.IDLE_NS - 1));
    assertNull(sessions.use(one.token(), now + 2 * Sessions.IDLE_NS - 1));
    Sessions.Session other = sessions.begin(now);
    for (long at = now; at < now + Sessions.LONGEST_NS; at += Sessions.IDLE_NS / 2) {
      assertNotNull(sessions.use(other.token(), at));
    }
    assertNull(sessions.use(other.token(), now + Sessions.LONGEST_NS));
    assertNull(sessions.use("", now));
  }

  @Test
  void ofManySessionsTheOneGoesThatIsUsedLeast() {
    Sessions sessions = new Sessions(CHANCE);
    Sessions.Session first = sessions.begin(0);
    Sessions.Session second = sessions.begin(1);
    for (int i = 2; i < Sessions.MOST; i++) {
      sessions.begin(i);
    }
    sessions.use(first.token(), 1000);
    sessions.begin(1001);
    assertNotNull(sessions.use(first.token(), 1002));
    assertNull(sessions.use(second.token(), 1002));
  }

  @Test
  void aDamagedOwnerIsNoOwnerless() {
    for (String text : List.of("", "passphrase x\n", "what\n")) {
      assertThrows(
          IllegalArgumentException.class, () -> new OwnerAccess(text, CODE, this::keep, CHANCE));
    }
  }

  /** As Argon2's reference program has it: argon2 somesalt12345678 -id -k 7168 -t 5 -p 1 -e. */
  @Test
  void aHashIsThatOfEverybodyElse() {
    PassphraseHash known =
        PassphraseHash.parse(
            "$argon2id$v=19$m=7168,t=5,p=1$c29tZXNhbHQxMjM0NTY3OA"
                + "$Lrj8Zoq9V+JjDspj/AV6szDANJ6qUY5tLz9wXet7ssY");
    assertTrue(known.matches(GOOD));
    assertFalse(known.matches(GOOD + " "));
    PassphraseHash hash = PassphraseHash.of(GOOD, CHANCE);
    assertTrue(hash.text().startsWith("$argon2id$v=19$m=7168,t=5,p=1$"), "the cost is in it");
    assertTrue(PassphraseHash.parse(hash.text()).matches(GOOD));
    assertEquals("PassphraseHash", hash.toString());
  }
}
