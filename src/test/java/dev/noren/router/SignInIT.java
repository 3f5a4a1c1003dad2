package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.noren.street.Maker;
import dev.noren.street.NorenRouter;
import dev.noren.street.Ran;
import dev.noren.street.ShopPhone;
import dev.noren.street.ShopStreet;
import dev.noren.street.Wait;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A telephone with the stock wireguard-go reaches nothing but the sign-in, until that is done. */
class SignInIT {
  private static final int LISTEN_PORT = 51830;
  private static final String PC = "10.77.0.20";
  private static final String PERSON = "佐藤";
  private static final int STEP_SECONDS = 30;

  /** How many one device may have at a time. */
  private static final int CONNECTIONS = 8;

  /** How long a sign-in lasts here: longer than a change of the document takes. */
  private static final int SIGN_IN_SECONDS = 10;

  /** Two secrets in base32, and what they are. */
  private static final String SECRET = "12345678901234567890";

  private static final String SECRET_32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  private static final String OTHER = "abcdefghijklmnopqrst";
  private static final String OTHER_32 = "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U";

  private ShopStreet street;
  private ShopPhone phone;
  private NorenRouter router;

  @BeforeEach
  void build() {
    street = ShopStreet.router();
    phone = new ShopPhone(street);
    router = new NorenRouter(street.noren());
    router.configure(document());
    router.start(Map.of(SignInTime.SECONDS, "" + SIGN_IN_SECONDS));
    street.askForAddress(street.pc());
    String www = street.folder().path().resolve("www").toString();
    for (String port : new String[] {"80", "8080"}) {
      street.pc().start("busybox", "httpd", "-f", "-p", port, "-h", www);
    }
    String all = street.noren().must("ip", "-4", "-o", "addr", "show", "dev", "eth0");
    phone.call(all.replaceAll("(?s).* inet ([0-9.]+)/.*", "$1") + ":" + LISTEN_PORT);
    Wait.until("the telephone is let in", () -> phone.pings(ShopPhone.ROUTER_4));
  }

  @AfterEach
  void remove() {
    router.close();
    phone.close();
    street.close();
  }

  private String document() {
    return """
    {"schema": 1, "role": "router",
     "lan": {"address": "10.77.0.1/24",
             "reservations": [{"name": "pc", "mac": "%s", "address": "%s"}]},
     "forms": [%s],
     "access": {"groups": [{"name": "staff", "signIn": true, "signInHours": 8}],
                "people": [{"name": "%s", "groups": ["staff"], "totpSecret": "%s"}],
                "rules": [{"name": "web", "from": ["group:staff"], "to": ["pc"],
                           "services": ["tcp/80"]}]}}
    """
        .formatted(
            street.pc().must("cat", "/sys/class/net/eth0/address").strip(),
            PC,
            phone.form("remote", LISTEN_PORT, "", ", \"person\": \"" + PERSON + "\""),
            PERSON,
            SECRET_32);
  }

  private Ran get(String url) {
    return street.phone().run("curl", "-sS", "--max-time", "3", "http://" + url);
  }

  private boolean reaches(String server) {
    return get(server + "/cgi-bin/who").ok();
  }

  /** The sign-in as a page does it: the status, and the answer. */
  private String signIn(String code) {
    return street
        .phone()
        .must(
            "curl",
            "-sS",
            "--max-time",
            "10",
            "-w",
            "%{http_code}",
            "-H",
            "Content-Type: application/json",
            "-d",
            "{\"person\": \"" + PERSON + "\", \"code\": \"" + code + "\"}",
            "http://" + ShopPhone.ROUTER_4 + "/signin");
  }

  /** As an app makes it, of the step that is so many after this one. */
  private static String code(String secret, int steps) {
    try {
      return new TimeBasedOneTimePasswordGenerator()
          .generateOneTimePasswordString(
              new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"),
              Instant.now().plusSeconds((long) STEP_SECONDS * steps),
              Locale.ROOT);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private String log() {
    return router.noren("log", "--kind", "signin").must();
  }

  private void assertUntilSignedIn() {
    assertEquals("{\"signedIn\":false}", get(ShopPhone.ROUTER_4 + "/signin").must().strip());
    assertFalse(reaches(PC), "the pc's web server");
    for (String name : new String[] {"www.example", "pc.lan", "noren.lan"}) {
      String answer = names(name);
      assertTrue(answer.contains("connection refused"), answer);
    }
  }

  /** What Noren answers for a name, each time to the same port, as if it were one flow. */
  private String names(String name) {
    return street
        .phone()
        .run(
            "dig",
            "+tries=1",
            "+time=2",
            "-b",
            ShopPhone.PHONE_4 + "#5353",
            "@" + ShopPhone.ROUTER_4,
            name)
        .out();
  }

  /** One device has so many connections to the sign-in at a time, and no more. */
  private void assertFewConnections() {
    street
        .phone()
        .inside(
            () -> {
              List<Socket> sockets = new ArrayList<>();
              try {
                InetSocketAddress door = new InetSocketAddress(ShopPhone.ROUTER_4, 80);
                for (int i = 0; i < CONNECTIONS; i++) {
                  sockets.add(new Socket());
                  sockets.getLast().connect(door, 3_000);
                }
                sockets.add(new Socket());
                assertThrows(
                    SocketTimeoutException.class, () -> sockets.getLast().connect(door, 500));
              } finally {
                for (Socket socket : sockets) {
                  socket.close();
                }
              }
              return null;
            });
    Wait.until("they are over", () -> get(ShopPhone.ROUTER_4 + "/signin").ok());
  }

  @Test
  void nothingIsReachedBeforeTheSignInAndAfterItsEnd() {
    assertFewConnections();
    assertUntilSignedIn();
    Wait.until(
        "there is time before the next code",
        () -> Instant.now().getEpochSecond() % STEP_SECONDS < STEP_SECONDS - 8);
    String code = code(SECRET, -1);
    String answer = signIn(code);
    assertTrue(answer.startsWith("{\"signedIn\":true,\"until\":\"20"), answer);
    assertTrue(answer.endsWith("200"), answer);
    assertEquals(ShopPhone.PHONE_4, get(PC + "/cgi-bin/who").must().strip());
    assertFalse(reaches(PC + ":8080"), "no rule names this port");
    Wait.until("the world's names", () -> names("www.example").contains(ShopStreet.WEB_4));
    assertTrue(signIn(code).endsWith("401"), "a code is taken once");
    Wait.until(
        "the sign-in ends",
        Duration.ofSeconds(SIGN_IN_SECONDS + 10L),
        () -> !reaches(PC),
        this::log);
    assertUntilSignedIn();

    Ran ran =
        street
            .phone()
            .runWith(
                code(SECRET, 0) + "\n",
                Maker.launcher(),
                "signin",
                "--at",
                "http://" + ShopPhone.ROUTER_4,
                PERSON);
    assertTrue(ran.must().startsWith("Signed in until 20"), ran.toString());
    assertTrue(reaches(PC));
    router.noren("config", "set", "access.people[0].totpSecret", OTHER_32).must();
    assertUntilSignedIn();
    String log = log();
    assertTrue(log.contains(PERSON + " (phone)  is signed in until "), log);
    assertTrue(log.contains(PERSON + " (phone)  is signed out: "), log);
    assertTrue(log.contains("did not sign in: the code is wrong or was used before"), log);

    assertTrue(signIn(code(SECRET, 1)).endsWith("401"), "a code of the old secret");
    assertTrue(signIn(code(OTHER, 1)).endsWith("200"));
    assertTrue(reaches(PC));
    for (int i = 0; i < 5; i++) {
      assertTrue(signIn("000000").endsWith("401"), "attempt " + i);
    }
    assertTrue(signIn("000000").endsWith("429"), "the sixth");
    assertFalse(router.allFiles().contains(code), "no code is kept");
  }
}
