package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.noren.access.Guard;
import dev.noren.audit.AuditLog;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterEdit;
import dev.noren.config.RouterJson;
import dev.noren.control.SignInDesk.Result;
import dev.noren.crypto.PrivateKey;
import dev.noren.net.IpAddress;
import dev.noren.services.SignedIn;
import dev.noren.state.GreatestTime;
import dev.noren.status.LogEntry.Kind;
import dev.noren.status.LogQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has signed in is let through, for as long as the document allows it. */
class SignInsTest implements SignedIn {
  private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  @TempDir private Path state;
  private final SyslogCopy syslog = new SyslogCopy();
  private final List<String> changes = new ArrayList<>();
  private IOException failure;
  private Instant now = Instant.parse("2026-10-05T08:00:00Z");
  private long nowNs = Long.MAX_VALUE - 7;
  private AuditLog audit;
  private GreatestTime greatest;
  private boolean ending;
  private RouterConfig config;
  private SignIns signIns;

  @BeforeEach
  void start() throws Exception {
    audit = new AuditLog(state, 365, syslog);
    greatest = new GreatestTime(state, () -> now);
    Random chance = new Random(1);
    config =
        RouterJson.read(
            "test",
            """
            {"schema": 1,
             "access": {
               "groups": [{"name": "staff", "signIn": true, "signInHours": 8}],
               "people": [{"name": "Sato", "groups": ["staff"], "totpSecret": "%s"},
                          {"name": "Suzuki", "groups": ["staff"]}]},
             "forms": [{"kind": "remote", "name": "home", "privateKey": "%s",
                        "listenPort": 51820, "addresses": ["10.8.0.1/24", "fd08::1/64"],
                        "devices": [
                {"name": "phone", "person": "Sato", "publicKey": "%s",
                 "addresses": ["10.8.0.2", "fd08::2"]},
                {"name": "laptop", "person": "Suzuki", "publicKey": "%s",
                 "addresses": ["10.8.0.3"]}]}]}
            """
                .formatted(
                    SECRET,
                    PrivateKey.generate(chance).toBase64(),
                    PrivateKey.generate(chance).publicKey().toBase64(),
                    PrivateKey.generate(chance).publicKey().toBase64()));
    restart();
  }

  private void restart() {
    signIns =
        new SignIns(
            new Guard(UsedCodes.in(state, now)),
            this,
            SignInTime.of(Map.of()),
            task -> {
              if (ending) {
                throw new RejectedExecutionException();
              }
              task.run();
            },
            new Happenings(audit, syslog, greatest, () -> now, () -> nowNs),
            () -> now,
            () -> nowNs);
    look();
  }

  @AfterEach
  void end() {
    syslog.close();
    greatest.close();
  }

  private void look() {
    signIns.look(config, today(), true);
  }

  private LocalDate today() {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  private void change(String path, String value) throws Exception {
    config = RouterEdit.set(config, path, value);
    look();
  }

  private void pass(Duration time) {
    now = now.plus(time);
    nowNs += time.toNanos();
  }

  private void put(String change) throws IOException {
    if (failure != null) {
      throw failure;
    }
    changes.add(change);
  }

  @Override
  public void open(Collection<IpAddress> addresses, Duration time) throws IOException {
    put("open " + addresses + " " + time);
  }

  @Override
  public void close(Collection<IpAddress> addresses) throws IOException {
    put("close " + addresses);
  }

  @Override
  public void clear() throws IOException {
    put("clear");
  }

  /** As an app makes it, by the same library and without our code around it. */
  private String code() throws Exception {
    byte[] secret = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    return new TimeBasedOneTimePasswordGenerator()
        .generateOneTimePasswordString(new SecretKeySpec(secret, "HmacSHA1"), now, Locale.ROOT);
  }

  private Result signIn(String source, String person, String code) throws IOException {
    return signIns.signIn(InetAddress.getByName(source), person, code);
  }

  private Instant until(String source) throws IOException {
    return signIns.signedInUntil(InetAddress.getByName(source));
  }

  private List<String> written() throws IOException {
    return audit.entries(new LogQuery(null, Kind.SIGNIN, LogQuery.MOST)).stream()
        .map(entry -> entry.who() + ": " + entry.what())
        .toList();
  }

  @Test
  void aRightCodeOpensBothAddressesForAsLongAsTheGroupSays() throws Exception {
    Instant until = Instant.parse("2026-10-05T16:00:00Z");
    assertEquals(List.of("clear"), changes, "nobody knows what an earlier router let through");
    assertEquals(new Result(until, 0, true), signIn("10.8.0.2", "Sato", code()));
    assertEquals("open [10.8.0.2, fd08::2] PT8H", changes.getLast());
    assertEquals(until, until("10.8.0.2"));
    assertEquals(until, until("fd08::2"));
    assertNull(until("10.8.0.3"));
    assertNull(until("10.8.0.77"));
    assertEquals(List.of("Sato (phone): is signed in until " + until), written());
    pass(Duration.ofHours(8).minusNanos(1));
    assertEquals(until, until("10.8.0.2"));
    pass(Duration.ofNanos(1));
    assertNull(until("10.8.0.2"));
    look();
    assertEquals(2, changes.size(), "the firewall ends it by itself");
  }

  @Test
  void refusalsAreWrittenDownWithoutWhatWasGiven() throws Exception {
    Result refused = new Result(null, 0, true);
    assertEquals(refused, signIn("10.8.0.2", "Sato", "my pass phrase"));
    assertEquals(refused, signIn("10.8.0.2", "my pass phrase", code()));
    assertEquals(refused, signIn("10.8.0.3", "Suzuki", "123456"));
    assertEquals(refused, signIn("10.8.0.77", "Sato", code()));
    assertEquals(refused, signIn("192.168.1.2", "Sato", code()));
    assertEquals(
        List.of(
            "Sato (phone): did not sign in: the code is wrong or was used before",
            "Sato (phone): did not sign in: the name is not that of the device's person",
            "Suzuki (laptop): did not sign in: the person has no secret yet"),
        written());
    assertEquals(List.of("clear"), changes);
  }

  @Test
  void fewLinesAreWrittenOfWhoTriesOnAndOn() throws Exception {
    for (int i = 0; i < 100; i++) {
      signIn("10.8.0.2", "Sato", "000000");
    }
    assertEquals(5, written().size(), written().toString());
    assertTrue(
        written().getLast().endsWith("; too many attempts, none is looked at for 60 s"),
        written().getLast());
    assertEquals(new Result(null, 60, false), signIn("10.8.0.2", "Sato", code()));
  }

  @Test
  void aCodeIsNotTakenTwiceEvenByANewProcess() throws Exception {
    String code = code();
    assertTrue(signIn("10.8.0.2", "Sato", code).until() != null);
    assertNull(signIn("10.8.0.2", "Sato", code).until());
    restart();
    assertEquals("clear", changes.getLast());
    assertNull(until("10.8.0.2"));
    assertNull(signIn("10.8.0.2", "Sato", code).until());
    Files.writeString(state.resolve(UsedCodes.FILE), "what");
    restart();
    assertNull(signIn("10.8.0.2", "Sato", code()).until(), "nobody knows what was used");
    pass(Duration.ofSeconds(60));
    assertTrue(signIn("10.8.0.2", "Sato", code()).until() != null);
  }

  @Test
  void aChangeOfTheDocumentEndsWhatItNoLongerAllows() throws Exception {
    String closed = "close [10.8.0.2, fd08::2]";
    String[][] all = {
      {"access.people[0].totpSecret", "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK"},
      {"forms[0].devices[0].lost", "true"},
      {"forms[0].devices[0].expires", "2026-10-04"},
      {"forms[0].devices[0].person", "Suzuki"},
      {"forms[0].devices", "[]"},
      {"forms[0].devices[0].publicKey", "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0="},
      {"access.groups[0].signIn", "false"},
      {"access.groups[0].signInHours", "4"},
    };
    RouterConfig before = config;
    for (String[] each : all) {
      assertTrue(signIn("10.8.0.2", "Sato", code()).until() != null);
      change(each[0], each[1]);
      assertEquals(closed, changes.getLast(), each[0]);
      assertTrue(written().getLast().startsWith("Sato (phone): is signed out: "));
      assertNull(until("10.8.0.2"));
      int count = changes.size();
      config = before;
      look();
      assertEquals(count, changes.size());
      assertNull(until("10.8.0.2"), "who was signed out stays so");
      pass(Duration.ofSeconds(60));
    }
    assertTrue(signIn("10.8.0.2", "Sato", code()).until() != null);
    int count = changes.size();
    change("name", "corner");
    assertEquals(count, changes.size(), "this ends nothing");
  }

  @Test
  void whatCanNotBeEndedIsTriedAgain() throws Exception {
    assertTrue(signIn("10.8.0.2", "Sato", code()).until() != null);
    failure = new IOException("a sign-in can't be ended: nft says no");
    change("forms[0].devices[0].lost", "true");
    assertNull(until("10.8.0.2"));
    failure = null;
    look();
    assertTrue(changes.getLast().startsWith("open"), "not at once");
    pass(Duration.ofSeconds(5));
    look();
    assertEquals("close [10.8.0.2, fd08::2]", changes.getLast());
  }

  @Test
  void nobodyIsLetThroughBeforeTheFirewallIsThere() throws Exception {
    changes.clear();
    signIns =
        new SignIns(
            new Guard(UsedCodes.in(state, now)),
            this,
            SignInTime.of(Map.of(SignInTime.SECONDS, "3")),
            Runnable::run,
            new Happenings(audit, syslog, greatest, () -> now, () -> nowNs),
            () -> now,
            () -> nowNs);
    assertEquals(2, signIns.look(config, today(), false).doors().size());
    assertThrows(IOException.class, () -> signIn("10.8.0.2", "Sato", code()));
    assertEquals(List.of(), changes);
    pass(Duration.ofSeconds(30));
    look();
    assertTrue(signIn("10.8.0.2", "Sato", code()).until() != null);
    assertEquals(List.of("clear", "open [10.8.0.2, fd08::2] PT3S"), changes);
  }

  @Test
  void failuresAreSaid() throws Exception {
    failure = new IOException("nft is not there");
    String said =
        assertThrows(IOException.class, () -> signIn("10.8.0.2", "Sato", code())).getMessage();
    assertEquals("the router could not let it through: its log says why", said);
    assertNull(until("10.8.0.2"));
    ending = true;
    pass(Duration.ofSeconds(30));
    said = assertThrows(IOException.class, () -> signIn("10.8.0.2", "Sato", code())).getMessage();
    assertEquals("the router is ending: try again with another code", said);
    assertFalse(said.contains("Sato"));
  }
}
