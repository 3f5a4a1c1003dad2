package dev.noren.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.access.OwnerAccess;
import dev.noren.access.SetupCode;
import dev.noren.control.FakeRouter;
import dev.noren.control.Presence;
import dev.noren.net.IpAddress;
import dev.noren.street.Wait;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever is in the shop's network may try at the page. */
@Timeout(60)
class PageServerTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final String PASSPHRASE = "plover kettle ninth lantern";
  private static final Pattern SESSION =
      Pattern.compile("Set-cookie: noren-session=([^;]+); Path=/; SameSite=Strict; HttpOnly");

  private final FakeRouter router = new FakeRouter();
  private final Presence presence = new Presence();
  private final List<String> journal = Collections.synchronizedList(new ArrayList<>());
  private OwnerAccess access;
  private PageServer server;
  private PageServer.Door door;
  private int port;

  @BeforeEach
  void start() throws IOException {
    access = new OwnerAccess(null, new SetupCode("K7MQ-2XWD"), owner -> {}, new SecureRandom());
    server =
        new PageServer(
            router,
            router,
            router,
            router,
            access,
            presence,
            (who, what) -> journal.add(who + " " + what),
            InstantSource.system());
    try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
      port = free.getLocalPort();
    }
    door = server.open(new InetSocketAddress(LOOPBACK, port));
  }

  @AfterEach
  void stop() {
    door.close();
    server.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(LOOPBACK, port), 5_000);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private String ask(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (SocketException e) {
      return "";
    }
  }

  private String host() {
    return "127.0.0.1:" + port;
  }

  /** A request with these lines in its head besides. */
  private String request(String line, String body, String... headers) {
    return line
        + " HTTP/1.1\r\nHost: "
        + host()
        + "\r\nConnection: close\r\n"
        + String.join("", List.of(headers).stream().map(each -> each + "\r\n").toList())
        + (body == null ? "" : "Content-Length: " + body.getBytes(UTF_8).length + "\r\n")
        + "\r\n"
        + (body == null ? "" : body);
  }

  private String get(String path, String... headers) throws IOException {
    return ask(request("GET " + path, null, headers));
  }

  private String post(String path, String body, String... headers) throws IOException {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Type: application/json");
    if (all.stream().noneMatch(each -> each.startsWith("Origin: "))) {
      all.add("Origin: http://" + host());
    }
    return ask(request("POST " + path, body, all.toArray(String[]::new)));
  }

  private String claim() throws IOException {
    return cookie(
        post("/api/v1/claim", "{\"code\": \"K7MQ-2XWD\", \"passphrase\": \"" + PASSPHRASE + "\"}"));
  }

  private static String cookie(String answer) {
    Matcher matcher = SESSION.matcher(answer);
    assertTrue(matcher.find(), answer);
    return "Cookie: noren-session=" + matcher.group(1);
  }

  private String proof(String cookie) throws IOException {
    Matcher matcher =
        Pattern.compile("\"proof\":\"([^\"]+)\"").matcher(get("/api/v1/session", cookie));
    assertTrue(matcher.find());
    return "X-Noren-Proof: " + matcher.group(1);
  }

  private static void assertStatus(int status, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
  }

  @Test
  void nobodySeesAnythingBeforeItIsClaimed() throws IOException {
    String home = get("/");
    assertStatus(302, home);
    assertTrue(home.contains("Location: /claim\r\n"), home);
    assertStatus(200, get("/claim"));
    assertStatus(401, get("/api/v1/status"));
    assertStatus(401, post("/api/v1/lights/identify", "{\"seconds\": 1}"));
    assertEquals(List.of("status"), router.asked, "where the page is, once");
  }

  @Test
  void aPressOfTheButtonClaimsTheBox() throws IOException {
    String body = "{\"passphrase\": \"" + PASSPHRASE + "\"}";
    assertStatus(401, post("/api/v1/claim", body));
    presence.pressed(System.nanoTime() - TimeUnit.SECONDS.toNanos(61));
    assertStatus(401, post("/api/v1/claim", body));
    presence.pressed(System.nanoTime());
    // A code that is wrong does not use the press up.
    assertStatus(401, post("/api/v1/claim", body.replace("{", "{\"code\": \"x\", ")));
    assertStatus(422, post("/api/v1/claim", "{\"passphrase\": \"noren1234\"}"));
    cookie(post("/api/v1/claim", body));
    assertTrue(access.isClaimed());
  }

  @Test
  void theOwnerIsLetInAndOut() throws IOException {
    String cookie = claim();
    assertTrue(journal.getFirst().endsWith("claimed the box"), journal.toString());
    String page = get("/", cookie);
    assertStatus(200, page);
    assertTrue(page.contains("All is well"), page);
    assertStatus(409, post("/api/v1/claim", "{\"code\": \"x\", \"passphrase\": \"y\"}"));
    assertTrue(get("/claim").contains("Location: /login\r\n"));
    assertStatus(200, get("/api/v1/status", cookie));
    assertStatus(
        401, post("/api/v1/login", "{\"passphrase\": \"wrong\"}", "Accept-Language: ja,en;q=0.5"));
    String other =
        cookie(post("/api/v1/login", "{\"passphrase\": \"" + PASSPHRASE + "\"}", cookie));
    assertFalse(other.equals(cookie), "a session's token is never one that was brought");
    assertStatus(200, post("/api/v1/logout", "{}", other, proof(other)));
    assertStatus(401, get("/api/v1/status", other));
    assertStatus(200, get("/api/v1/status", cookie));
  }

  @Test
  void aTokenThatSomebodyElseChoseIsNone() throws IOException {
    claim();
    assertStatus(401, get("/api/v1/status", "Cookie: noren-session=chosen"));
    String answer =
        post(
            "/api/v1/login",
            "{\"passphrase\": \"" + PASSPHRASE + "\"}",
            "Cookie: noren-session=chosen");
    assertFalse(answer.contains("chosen"), answer);
  }

  @Test
  void anotherSitesPageChangesNothing() throws IOException {
    String cookie = claim();
    String proof = proof(cookie);
    String body = "{\"seconds\": 5}";
    String path = "/api/v1/lights/identify";
    assertStatus(403, post(path, body, cookie, proof, "Origin: http://evil.example"));
    assertStatus(403, post(path, body, cookie, proof, "Origin: null"));
    assertStatus(403, post(path, body, cookie));
    assertStatus(403, post(path, body, cookie, "X-Noren-Proof: x"));
    assertStatus(
        403,
        ask(
            request(
                "POST " + path,
                body,
                cookie,
                proof,
                "Origin: http://" + host(),
                "Content-Type: text/plain")));
    assertStatus(403, ask(request("POST " + path, body, cookie, proof)));
    assertFalse(router.asked.contains("identify 5"), router.asked.toString());
    assertStatus(200, post(path, body, cookie, proof));
    assertTrue(router.asked.contains("identify 5"), router.asked.toString());
  }

  @Test
  void aNameThatIsNotOursIsSomebodyElses() throws IOException {
    String foreign = request("GET /", null).replace(host(), "evil.example");
    String answer = ask(foreign);
    assertStatus(302, answer);
    assertTrue(answer.contains("Location: http://127.0.0.1/\r\n"), answer);
    assertFalse(answer.contains("Set-cookie"), answer);
    assertStatus(302, ask(foreign.replace("GET /", "GET /generate_204")));
    assertStatus(421, ask(request("POST /api/v1/claim", "{}").replace(host(), "evil.example")));
    claim();
    assertStatus(421, ask(foreign));
    // Newer servers of the JDK refuse a request without a host before anybody sees it.
    String nobody = ask(foreign.replace("Host: evil.example\r\n", ""));
    assertTrue(nobody.startsWith("HTTP/1.1 421 ") || nobody.startsWith("HTTP/1.1 400 "), nobody);
    for (String own : List.of("noren.local", "NOREN", "noren.local:80", "[::1]:8080")) {
      assertStatus(302, ask(request("GET /", null).replace(host(), own)));
    }
    // As whom another shop sees the box.
    assertStatus(421, ask(request("GET /", null).replace(host(), "10.77.3.1")));
    server.farAddresses(List.of(IpAddress.parse("10.77.3.1")));
    assertStatus(302, ask(request("GET /", null).replace(host(), "10.77.3.1")));
    assertStatus(421, ask(request("GET /", null).replace(host(), "10.77.3.2")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/../../../../etc/passwd",
        "/assets/x/..%2f..%2f..%2fetc%2fpasswd",
        "/assets/x/noren.css",
        "/assets/%2e%2e/noren.css",
        "/web/noren.css",
        "//etc/passwd",
        "/assets",
        "/%00",
        "/api/v1/history/..%2f..%2fx/rollback",
        "/api/v2/status",
      })
  void thereIsNothingBesideThePages(String path) throws IOException {
    String answer = get(path);
    assertTrue(answer.matches("(?s)HTTP/1.1 (404|405|400) .*"), answer);
    assertFalse(answer.contains("root:"), answer);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /%zz, 400",
    "GET /?language=%zz, 400",
    "PUT /, 405",
    "OPTIONS /, 405",
    "TRACE /, 405",
    "DELETE /api/v1/status, 405",
    "HEAD /claim, 200",
  })
  void otherRequestsAreRefused(String line, int status) throws IOException {
    assertStatus(status, ask(request(line, null)));
  }

  @Test
  void whatIsTooLongIsRefused() throws IOException {
    String big = "{\"code\": \"" + "a".repeat(Call.STRANGERS_BODY_BYTES) + "\"}";
    String answer = post("/api/v1/claim", big);
    assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 400 "), answer);
    String head = get("/", "X: " + "a".repeat(HttpLimits.HEAD_BYTES));
    assertTrue(head.isEmpty() || head.startsWith("HTTP/1.1 4"), head);
    assertStatus(200, get("/claim"));
  }

  @Test
  void nothingOfARequestComesBackInAHead() throws IOException {
    String answer = get("/claim?language=ja%0d%0aX-Evil:%201");
    assertFalse(answer.contains("X-Evil"), answer);
    String foreign = ask(request("GET /", null).replace(host(), "a\tb.example"));
    assertFalse(foreign.contains("a\tb"), foreign);
  }

  @Test
  void aBodyThatIsNoneIsRefusedWithASentence() throws IOException {
    for (String body : List.of("", "[]", "{\"x\": 1}", "{\"passphrase\": 1}", "{", "null")) {
      String answer = post("/api/v1/login", body);
      assertStatus(400, answer);
      assertTrue(answer.contains("{\"error\":\""), answer);
    }
  }

  @Test
  void aPageHasNoScriptOfItsOwnAndSaysSo() throws IOException {
    String answer = get("/claim");
    assertTrue(answer.contains("Content-security-policy: default-src 'none'; script-src 'self';"));
    assertTrue(answer.contains("frame-ancestors 'none'"));
    assertTrue(answer.contains("X-content-type-options: nosniff"));
    assertFalse(Pattern.compile("<script(?![^>]* src=)").matcher(answer).find(), answer);
    assertFalse(answer.contains("style=\""), answer);
    assertFalse(Pattern.compile("\\son[a-z]+=").matcher(answer).find(), answer);
    assertFalse(Pattern.compile("(src|href)=\"(https?:)?//").matcher(answer).find(), answer);
  }

  @Test
  void theLanguageIsTheBrowsersUntilSomebodyChooses() throws IOException {
    assertTrue(get("/claim").contains("<html lang=\"en\""));
    assertTrue(get("/claim", "Accept-Language: ja-JP,ja;q=0.9").contains("<html lang=\"ja\""));
    assertTrue(get("/claim", "Accept-Language: fr,ja;q=0.3").contains("<html lang=\"ja\""));
    assertTrue(get("/claim", "Accept-Language: en;q=0.8,ja;q=0.3").contains("lang=\"en\""));
    String chosen = get("/claim?language=ja");
    assertStatus(302, chosen);
    assertTrue(chosen.contains("Set-cookie: noren-language=ja; "), chosen);
    assertTrue(get("/claim", "Cookie: noren-language=ja").contains("<html lang=\"ja\""));
  }

  @Test
  void filesAreSmallAndKept() throws IOException {
    assertTrue(new Assets().zippedBytes() < 150 << 10, new Assets().zippedBytes() + " bytes");
    String page = get("/claim");
    Matcher matcher = Pattern.compile("href=\"(/assets/[^\"]+/noren.css)\"").matcher(page);
    assertTrue(matcher.find(), page);
    String plain = get(matcher.group(1));
    assertStatus(200, plain);
    assertTrue(plain.contains("immutable"), plain);
    String zipped = ask(request("GET " + matcher.group(1), null, "Accept-Encoding: gzip"));
    assertTrue(zipped.contains("Content-encoding: gzip"), zipped);
    assertTrue(zipped.getBytes(ISO_8859_1).length < plain.length());
  }

  @Test
  void streamsHaveTheirOwnNumber() throws IOException {
    String cookie = claim();
    List<Socket> streams = new ArrayList<>();
    try {
      for (int i = 0; i < Events.MOST; i++) {
        Socket socket = connect();
        streams.add(socket);
        socket.getOutputStream().write(request("GET /api/v1/events", null, cookie).getBytes(UTF_8));
        byte[] first = socket.getInputStream().readNBytes(12);
        assertEquals("HTTP/1.1 200", new String(first, UTF_8));
      }
      String more = get("/api/v1/events", cookie);
      assertStatus(503, more);
      assertStatus(200, get("/", cookie));
    } finally {
      for (Socket socket : streams) {
        socket.close();
      }
    }
  }

  /**
   * Slow ones stop at another place each, and the owner's page comes all the same. Far more than
   * the firewall lets in take all places until their time is over, and not longer.
   */
  @Test
  void whoIsSlowHoldsUpNobody() throws IOException {
    String cookie = claim();
    List<Socket> slow = new ArrayList<>();
    try {
      begin(30, slow);
      for (int i = 0; i < 4; i++) {
        assertStatus(200, get("/", cookie));
      }
      begin(170, slow);
      Wait.until("the owner's page comes again", () -> isThere(cookie));
      for (int i = 0; i < 4; i++) {
        assertStatus(200, get("/", cookie));
      }
      for (Socket socket : slow) {
        String said = read(socket);
        assertTrue(said.isEmpty() || said.startsWith("HTTP/1.1 4"), said);
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** So many requests of which only a part is sent. */
  private void begin(int many, List<Socket> into) throws IOException {
    String whole = request("POST /api/v1/login", "{\"passphrase\": \"x\"}");
    for (int i = 0; i < many; i++) {
      Socket socket = connect();
      into.add(socket);
      try {
        socket
            .getOutputStream()
            .write(whole.substring(0, 1 + i * (whole.length() - 2) / many).getBytes(UTF_8));
      } catch (SocketException e) {
        // It was cut off, since no place is free.
      }
    }
  }

  private boolean isThere(String cookie) {
    try {
      return get("/", cookie).startsWith("HTTP/1.1 200 ");
    } catch (IOException e) {
      return false;
    }
  }

  private static String read(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (SocketException e) {
      return "";
    }
  }
}
