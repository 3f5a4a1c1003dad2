package dev.noren.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.control.SignInDesk;
import dev.noren.text.Language;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SignInServerTest implements SignInDesk {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final Instant UNTIL = Instant.parse("2026-10-05T16:00:00Z");
  private static final String RIGHT = "{\"person\": \"佐藤\", \"code\": \"123456\"}";

  private final List<String> asked = new ArrayList<>();
  private Result result = new Result(UNTIL, 0, true);
  private Instant until;
  private IOException failure;
  private SignInServer server;

  @Override
  public synchronized Result signIn(InetAddress source, String person, String code)
      throws IOException {
    asked.add(source.getHostAddress() + " " + person + " " + code);
    if (failure != null) {
      throw failure;
    }
    return result;
  }

  @Override
  public Instant signedInUntil(InetAddress source) {
    return until;
  }

  @BeforeEach
  void start() throws IOException {
    server = SignInServer.start(new InetSocketAddress(LOOPBACK, 0), this);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(server.address(), 5_000);
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** All that comes for a text, to the end of the connection. */
  private String ask(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private String post(String body) throws IOException {
    return ask(head("POST /signin", body.getBytes(UTF_8).length) + body);
  }

  private static String head(String request, int length) {
    return request
        + " HTTP/1.1\r\nHost: 10.8.0.1\r\nContent-Type: application/json; charset=utf-8\r\n"
        + "Content-Length: "
        + length
        + "\r\n\r\n";
  }

  private static void assertAnswer(int status, String json, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertEquals(json, answer.substring(answer.indexOf("\r\n\r\n") + 4).strip());
  }

  @Test
  void aRightCodeIsToldUntilWhen() throws IOException {
    String answer = post(RIGHT);
    assertAnswer(200, "{\"signedIn\":true,\"until\":\"2026-10-05T16:00:00Z\"}", answer);
    assertTrue(answer.contains("no-store") && answer.contains("application/json"), answer);
    assertEquals(List.of("127.0.0.1 佐藤 123456"), asked);
  }

  @Test
  void anybodyIsToldWhetherTheAddressIsSignedIn() throws IOException {
    String request = "GET /signin HTTP/1.1\r\nHost: a\r\n\r\n";
    assertAnswer(200, "{\"signedIn\":false}", ask(request));
    until = UNTIL;
    assertAnswer(200, "{\"signedIn\":true,\"until\":\"2026-10-05T16:00:00Z\"}", ask(request));
    assertAnswer(200, "", ask(request.replace("GET", "HEAD")));
    assertEquals(List.of(), asked);
  }

  @Test
  void aWrongCodeIsRefusedAndTooManyHaveToWait() throws IOException {
    result = new Result(null, 0, true);
    String sentence =
        "that is not the name and the code of who this device belongs to: wait for the next code"
            + " and try again";
    assertAnswer(401, "{\"error\":\"" + sentence + "\"}", post(RIGHT));
    result = new Result(null, 60, true);
    assertAnswer(401, "{\"error\":\"" + sentence + "\",\"waitSeconds\":60}", post(RIGHT));
    result = new Result(null, 59, false);
    String answer = post(RIGHT);
    assertAnswer(
        429,
        "{\"error\":\"there were too many attempts: try again in 59 s\",\"waitSeconds\":59}",
        answer);
    assertTrue(answer.contains("Retry-after: 59"), answer);
  }

  @Test
  void whatTheRouterCanNotDoIsSaid() throws IOException {
    failure = new IOException("the router is busy: try again with another code");
    assertAnswer(
        503, "{\"error\":\"the router is busy: try again with another code\"}", post(RIGHT));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "``",
        "{",
        "[]",
        "{}",
        "{\"person\": \"a\"}",
        "{\"person\": null, \"code\": \"123456\"}",
        "{\"person\": \"a\", \"code\": 123456}",
        "{\"person\": \"a\", \"code\": \"123456\", \"more\": 1}",
        "{\"person\": \"a\", \"code\": \"123456\"} {}",
      })
  void anotherBodyIsRefused(String body) throws IOException {
    String answer = post(body);
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    assertTrue(answer.contains("the body is not as in"), answer);
    assertEquals(List.of(), asked);
  }

  @Test
  void whatIsTooLongOrOfAnotherTypeIsRefused() throws IOException {
    String big = "{\"person\": \"" + "a".repeat(1024) + "\", \"code\": \"123456\"}";
    assertAnswer(413, "{\"error\":\"the body is longer than 1024 bytes\"}", post(big));
    assertTrue(
        ask(head("POST /signin", 2).replace("application/json", "text/plain") + "{}")
            .startsWith("HTTP/1.1 415 "));
    assertTrue(ask(head("PUT /signin", 0)).startsWith("HTTP/1.1 405 "));
    assertTrue(ask(head("POST /signin/x", 0)).startsWith("HTTP/1.1 404 "));
    assertTrue(ask(head("GET /", 0)).startsWith("HTTP/1.1 404 "));
    String header = "X: " + "a".repeat(HttpLimits.HEAD_BYTES) + "\r\n\r\n";
    assertNotServed(head("POST /signin", 2).replace("\r\n\r\n", "\r\n" + header) + "{}");
    assertNotServed("GET /" + "a".repeat(HttpLimits.HEAD_BYTES) + " HTTP/1.1\r\n\r\n");
    assertNotServed("\u0000\u0001 what\r\n\r\n");
    assertEquals(List.of(), asked);
  }

  @Test
  void aBrowserGetsAPage() throws IOException {
    String browser = "Accept: text/html,*/*;q=0.8\r\nAccept-Language: ja\r\n\r\n";
    String page = ask(head("GET /signin", 0).replace("\r\n\r\n", "\r\n" + browser));
    assertTrue(page.startsWith("HTTP/1.1 200 "), page);
    assertTrue(page.contains("<html lang=\"ja\""), page);
    assertTrue(page.contains("data-api=\"/signin\""), page);
    assertTrue(page.contains("Content-security-policy: default-src 'none'"), page);
    String file = page.replaceAll("(?s).*src=\"(/assets/[^\"]*/noren.js)\".*", "$1");
    assertTrue(ask(head("GET " + file, 0)).startsWith("HTTP/1.1 200 "), file);
    assertTrue(ask(head("GET /assets/x/noren.js", 0)).startsWith("HTTP/1.1 404 "));
    assertTrue(
        ask(head("GET /", 0).replace("\r\n\r\n", "\r\n" + browser))
            .contains("Location: /signin\r\n"));
    until = UNTIL;
    assertTrue(
        ask(head("GET /signin", 0).replace("\r\n\r\n", "\r\n" + browser)).contains("サインインしています"));
    assertEquals(List.of(), asked);
  }

  private void assertNotServed(String request) {
    String answer;
    try {
      answer = ask(request);
    } catch (SocketException e) {
      return; // cut off before it could say all
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), answer);
  }

  /** Each stops at another place; all are cut off, and nobody else notices. */
  @Test
  void whoIsSlowHoldsUpOnlyHimself() throws IOException {
    String whole = head("POST /signin", RIGHT.getBytes(UTF_8).length) + RIGHT;
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        Socket socket = connect();
        slow.add(socket);
        int length = i * (whole.length() - 1) / 40;
        socket.getOutputStream().write(whole.substring(0, length).getBytes(UTF_8));
      }
      long before = System.nanoTime();
      assertTrue(post(RIGHT).startsWith("HTTP/1.1 200 "));
      assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(4), "it had to wait");
      for (Socket socket : slow) {
        // Ends within the read's time-out, or this fails.
        String said = read(socket);
        assertTrue(said.isEmpty() || said.startsWith("HTTP/1.1 4"), said);
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    assertEquals(1, asked.size());
  }

  private static String read(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (SocketException e) {
      return "";
    }
  }

  @Test
  void moreThanItTakesAreCutOffAndThenItServesAgain() throws IOException {
    List<Socket> all = new ArrayList<>();
    try {
      for (int i = 0; i < SignInServer.MOST_AT_ONCE; i++) {
        Socket socket = connect();
        all.add(socket);
        socket.getOutputStream().write('G');
      }
      assertEquals("", cutOff(), "one too many is not served");
    } finally {
      for (Socket socket : all) {
        socket.close();
      }
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!cutOff().startsWith("HTTP/1.1 200 ")) {
      assertTrue(System.nanoTime() < deadline, "it serves nobody any more");
    }
  }

  private String cutOff() throws IOException {
    try {
      return post(RIGHT);
    } catch (SocketException e) {
      return "";
    }
  }

  @Test
  void aClientSignsIn() throws IOException {
    assertEquals(
        UNTIL,
        SignInClient.signIn(at(server.address().getPort()), "佐藤", "123456", Language.ENGLISH));
    assertEquals(List.of("127.0.0.1 佐藤 123456"), asked);
    result = new Result(null, 59, false);
    assertEquals(
        "there were too many attempts: try again in 59 s",
        sentence(at(server.address().getPort())));
  }

  @Test
  void aClientSaysWhoDoesNotAnswer() throws IOException {
    int port;
    try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
      port = other.getLocalPort();
      Thread thread = new Thread(() -> answerOtherwise(other));
      thread.start();
      assertEquals(
          at(port) + " answers, but is no Noren at which people sign in", sentence(at(port)));
    }
    assertTrue(sentence(at(port)).startsWith(at(port) + " can't be reached: "));
  }

  private static void answerOtherwise(ServerSocket other) {
    try (Socket socket = other.accept()) {
      socket.getInputStream().read(new byte[4096]);
      socket
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".getBytes(UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static URI at(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static String sentence(URI at) {
    return assertThrows(
            IOException.class, () -> SignInClient.signIn(at, "a", "123456", Language.ENGLISH))
        .getMessage();
  }
}
