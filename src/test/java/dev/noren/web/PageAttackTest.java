package dev.noren.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Wait;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guessing, sessions that are brought, and requests that are none. */
@Timeout(60)
class PageAttackTest {
  private static final String LOGIN = "/api/v1/login";
  private static final String ELSEWHERE = "127.0.0.2";
  private static final String RIGHT = "{\"passphrase\": \"" + PageBox.PASSPHRASE + "\"}";
  private static final String WRONG = "{\"passphrase\": \"12345678\"}";
  private static final int MANY = 12;

  /** So many connections as the firewall gives a source. */
  private static final int SLOW = 24;

  private PageBox box;

  @BeforeEach
  void start() throws IOException {
    box = PageBox.claimed();
  }

  @AfterEach
  void stop() {
    box.close();
  }

  @Test
  void whoGuessesWaitsAndNobodyElse() throws IOException {
    PageBox.Answer answer = box.change("POST", LOGIN, WRONG);
    int tries = 1;
    for (; answer.status() == 401 && tries < MANY; tries++) {
      answer = box.change("POST", LOGIN, WRONG);
    }
    assertEquals(429, answer.status(), "after " + tries);
    assertTrue(tries <= 7, tries + " guesses are free");
    assertTrue(Integer.parseInt(answer.header("retry-after")) > 30, answer.head());
    assertEquals(429, box.change("POST", LOGIN, RIGHT).status(), "a right guess waits too");
    assertEquals(
        200,
        box.askFrom(ELSEWHERE, box.changing("POST", LOGIN, RIGHT)).status(),
        "the owner is not locked out");
    assertEquals(200, box.get("/").status(), "who is in stays in");
    PageBox.Answer change =
        box.change(
            "PUT",
            "/api/v1/passphrase",
            "{\"old\": \"12345678\", \"passphrase\": \"nine quiet herons over tin\"}");
    assertEquals(429, change.status(), "nor is there a way round: " + change);
  }

  @Test
  void whoGuessesTheCodeWaitsAndNobodyElse() throws IOException {
    try (PageBox fresh = new PageBox()) {
      String path = "/api/v1/claim";
      PageBox.Answer answer = fresh.change("POST", path, fresh.claim("AAAA-AAAA"));
      for (int i = 0; i < MANY && answer.status() == 401; i++) {
        answer = fresh.change("POST", path, fresh.claim("AAAA-AAA" + i));
      }
      assertEquals(429, answer.status());
      assertEquals(429, fresh.change("POST", path, fresh.claim(PageBox.CODE)).status());
      PageBox.Answer owner =
          fresh.askFrom(ELSEWHERE, fresh.changing("POST", path, fresh.claim(PageBox.CODE)));
      assertEquals(200, owner.status(), owner::toString);
    }
  }

  @Test
  void aSessionIsNeverOneThatWasBrought() throws IOException {
    PageBox.Answer first = box.change("POST", LOGIN, RIGHT);
    box.stranger();
    PageBox.Answer brought =
        box.change("POST", LOGIN, RIGHT, first.cookie(), "Cookie: noren-session=chosen");
    assertNotEquals(first.cookie(), brought.cookie());
    assertFalse(brought.head().contains("chosen"), brought.head());
    String token = first.cookie().split("=", 2)[1];
    assertEquals(
        401, box.get("/api/v1/status?noren-session=" + token).status(), "a token is no address");
    assertEquals(
        401, box.get("/api/v1/status", "X-Noren-Proof: " + box.proof(first.cookie())).status());
    assertEquals(
        403,
        box.change(
                "POST",
                "/api/v1/lights/identify",
                "{\"seconds\": 1}",
                first.cookie(),
                "X-Noren-Proof: " + box.proof(brought.cookie()))
            .status(),
        "a proof is its own session's");
    box.signedIn(brought);
    PageBox.Answer changed =
        box.change(
            "PUT",
            "/api/v1/passphrase",
            "{\"old\": \""
                + PageBox.PASSPHRASE
                + "\", \"passphrase\": \"nine quiet herons over\"}");
    assertEquals(200, changed.status(), changed::toString);
    assertNotEquals(brought.cookie(), changed.cookie());
    box.stranger();
    for (PageBox.Answer old : List.of(first, brought)) {
      assertEquals(401, box.get("/api/v1/status", old.cookie()).status());
    }
    assertEquals(200, box.get("/api/v1/status", changed.cookie()).status());
    assertTrue(changed.header("set-cookie").contains("HttpOnly"), changed.head());
    assertTrue(changed.header("set-cookie").contains("SameSite=Strict"), changed.head());
  }

  /** Each with what may come of it; nothing at all is that the connection was cut off. */
  private Map<String, String> strange() {
    String host = "Host: " + box.host() + "\r\n";
    String end = host + "Connection: close\r\n\r\n";
    String form = "Content-Type: application/json\r\nOrigin: http://" + box.host() + "\r\n";
    String login = "POST " + LOGIN + " HTTP/1.1\r\n" + form;
    Map<String, String> all = new TreeMap<>();
    String refused = "|HTTP/1.1 4.*";
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      many.append("X").append(i).append(": y\r\n");
    }
    all.put("GET /claim HTTP/1.1\r\n" + many + end, refused);
    all.put(
        "GET /claim HTTP/1.1\r\nX: " + "y".repeat(HttpLimits.HEAD_BYTES) + "\r\n" + end, refused);
    all.put("GET /" + "y".repeat(1 << 20) + " HTTP/1.1\r\n" + end, refused);
    all.put(login + "Content-Length: 2147483648\r\n" + end, refused);
    all.put(login + "Content-Length: -1\r\n" + end, refused);
    all.put(login + "Content-Length: 99999999999999999999\r\n" + end, refused);
    all.put(login + "Content-Length: x\r\n" + end, refused);
    all.put(login + "Content-Length: 2\r\nContent-Length: 4\r\n" + end + "{}{}", refused);
    all.put(
        login + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n" + end + "0\r\n\r\n", refused);
    all.put(login + "Transfer-Encoding: chunked\r\n" + end + "zz\r\n", refused);
    all.put(login + "Transfer-Encoding: chunked\r\n" + end + "-1\r\n", refused);
    all.put(login + "Transfer-Encoding: chunked\r\n" + end + "fffffffff\r\n", refused);
    all.put(login + "Transfer-Encoding: gzip\r\n" + end, "|HTTP/1.1 [45].*");
    all.put("GET /login HTTP/1.1\r\nContent-Length: 5\r\n" + end + "hello", "HTTP/1.1 (200|302).*");
    all.put(
        "HEAD /login HTTP/1.1\r\nContent-Length: 5\r\n" + end + "hello", "HTTP/1.1 (200|302).*");
    all.put(
        "GET /login HTTP/1.1\r\n" + host + "\r\n\u0000\u0001garbage\r\n\r\n",
        "HTTP/1.1 (200|302).*");
    all.put("GET /login HTTP/1.1\r\nno header at all\r\n" + end, "|HTTP/1.1 .*");
    all.put("GET  HTTP/1.1\r\n" + end, "|HTTP/1.1 [34].*");
    all.put("GET /login\r\n\r\n", refused);
    all.put("GET /<script>zqx</script> HTTP/1.1\r\n" + end, refused);
    all.put("GET /%3Cscript%3Ezqx HTTP/1.1\r\n" + end, refused);
    all.put("<script>zqx</script> / HTTP/1.1\r\n" + end, refused);
    all.put("GET / HTTP/<script>zqx\r\n" + end, "|HTTP/1.1 [34].*");
    all.put("GET http://evil.example/ HTTP/1.1\r\n" + end, "|HTTP/1.1 [34].*");
    all.put("CONNECT evil.example:443 HTTP/1.1\r\n" + end, refused);
    all.put("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n", refused);
    all.put("\r\n\r\n\r\n\r\n", refused);
    all.put("\u0000".repeat(4096) + "\r\n\r\n", refused);
    return all;
  }

  @Test
  void strangeRequestsHarmNobody() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, String> each : strange().entrySet()) {
      String said = said(each.getKey());
      String first = said.lines().findFirst().orElse("");
      if (!first.matches(each.getValue()) || said.contains("zqx")) {
        wrong.add(each.getKey().substring(0, Math.min(200, each.getKey().length())) + ": " + said);
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(200, box.get("/").status());
  }

  /** What comes back, after which nothing more is sent. */
  private String said(String request) throws IOException {
    try (Socket socket = box.connect()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (SocketException e) {
      return "";
    }
  }

  @Test
  void aBodyWithoutEndIsCutOff() throws IOException {
    byte[] chunk = ("8000\r\n" + "y".repeat(0x8000) + "\r\n").getBytes(UTF_8);
    String head =
        box.changing("POST", LOGIN, null)
            .replace("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n");
    long sent = 0;
    try (Socket socket = box.connect()) {
      socket.getOutputStream().write(head.getBytes(UTF_8));
      while (sent < (256L << 20)) {
        socket.getOutputStream().write(chunk);
        sent += chunk.length;
      }
    } catch (SocketException e) {
      // So it should be.
    }
    assertTrue(sent < (64L << 20), sent + " bytes were taken");
    assertEquals(200, box.get("/").status());
  }

  /** Who asks again and again and never reads holds up itself. */
  @Test
  void whoDoesNotReadHoldsUpNobody() throws IOException {
    String asset = box.page("/", "en").selectFirst("link[href$=pico.css]").attr("href");
    byte[] request =
        box.request("GET " + asset, null).replace("Connection: close\r\n", "").getBytes(UTF_8);
    List<Socket> deaf = new ArrayList<>();
    try {
      for (int i = 0; i < SLOW; i++) {
        deaf.add(box.deaf());
      }
      for (int i = 0; i < 400 && sending() < SLOW; i++) {
        for (Socket socket : deaf) {
          socket.getOutputStream().write(request);
        }
      }
      Wait.until("the answers are stuck", () -> sending() >= SLOW);
      for (int i = 0; i < 4; i++) {
        assertEquals(200, box.get("/").status());
      }
      assertTrue(sending() >= SLOW);
    } finally {
      for (Socket socket : deaf) {
        socket.close();
      }
    }
  }

  /** How many answers are on their way. */
  private static long sending() {
    return Thread.getAllStackTraces().values().stream()
        .filter(
            stack ->
                List.of(stack).stream()
                    .anyMatch(
                        frame ->
                            frame.getClassName().equals(Site.class.getName())
                                && frame.getMethodName().equals("send")))
        .count();
  }
}
