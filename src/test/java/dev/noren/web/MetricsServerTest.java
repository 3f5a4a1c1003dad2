package dev.noren.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.noren.metrics.RouterMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class MetricsServerTest {
  private static final String TOKEN = "komorebi-scrapes-4711";

  private IOException failure;
  private int asked;
  private MetricsServer server;
  private HttpServer open;

  @BeforeEach
  void start() throws IOException {
    server = new MetricsServer(this::metrics);
    open = server.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void stop() {
    open.stop(0);
    server.close();
  }

  private synchronized String metrics() throws IOException {
    asked++;
    if (failure != null) {
      throw failure;
    }
    return "noren_findings 0\n";
  }

  /** All that comes; each further line is a header. */
  private String ask(String line, String... headers) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(open.getAddress(), 5_000);
      socket.setSoTimeout(20_000);
      String request =
          line + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.split(" ", 3)[1]);
  }

  @Test
  void whoCallsTheBoxByItsNameFetchesThem() throws IOException {
    server.follow(null, Set.of("noren.local"));
    String answer = ask("GET /metrics", "Host: noren.local:9586");
    assertEquals(200, status(answer), answer);
    assertTrue(
        answer.toLowerCase(Locale.ROOT).contains("content-type: " + RouterMetrics.TYPE), answer);
    assertTrue(answer.endsWith("\r\n\r\nnoren_findings 0\n"), answer);
    String bare = ask("HEAD /metrics", "Host: noren.local:9586");
    assertEquals(200, status(bare), bare);
    assertFalse(bare.contains("noren_findings"), bare);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /, 404",
    "GET /metrics/x, 404",
    "GET /api/v1/status, 404",
    "GET /claim, 404",
    "POST /metrics, 405",
    "DELETE /metrics, 405",
  })
  void thereIsNothingElse(String line, int status) throws IOException {
    server.follow(null, Set.of());
    String answer = ask(line, "Host: localhost", "Content-Length: 0");
    assertEquals(status, status(answer), answer);
    assertEquals(0, asked);
  }

  /** A page of the web whose name leads here (DNS rebinding) has the browser name it. */
  @Test
  void noPageOfTheWebHasABrowserFetchThem() throws IOException {
    server.follow(null, Set.of("noren.local"));
    assertEquals(421, status(ask("GET /metrics", "Host: evil.example:9586")));
    // Without a host a Java 21 answers by itself, a later one leaves it to the page.
    int hostless = status(ask("GET /metrics", "X: y"));
    assertTrue(hostless == 400 || hostless == 421, "HTTP/1.1 needs a host, not " + hostless);
    assertEquals(0, asked);
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization: Bearer komorebi-scrapes-4711, 200",
    "authorization: bearer  komorebi-scrapes-4711, 200",
    "Authorization: Bearer komorebi-scrapes-4712, 401",
    "Authorization: Bearer komorebi-scrapes-471, 401",
    "Authorization: Bearer komorebi-scrapes-4711x, 401",
    "Authorization: Bearer, 401",
    "Authorization: Basic komorebi-scrapes-4711, 401",
    "Authorization: komorebi-scrapes-4711, 401",
    "X-Authorization: Bearer komorebi-scrapes-4711, 401",
  })
  void aTokenIsNeededWhereThereIsOne(String header, int status) throws IOException {
    server.follow(TOKEN, Set.of());
    // By whatever name: who knows the token is no browser that was led here.
    String answer = ask("GET /metrics", "Host: monitoring.example", header);
    assertEquals(status, status(answer), answer);
    assertEquals(status == 200 ? 1 : 0, asked);
    assertFalse(answer.contains(TOKEN), answer);
    if (status == 401) {
      assertTrue(answer.toLowerCase(Locale.ROOT).contains("www-authenticate: bearer"), answer);
    }
  }

  /** Who does not know the token does not learn either what there is. */
  @Test
  void withoutTheTokenAllIsRefused() throws IOException {
    server.follow(TOKEN, Set.of());
    assertEquals(401, status(ask("GET /", "Host: localhost")));
    assertEquals(401, status(ask("GET /metrics?token=" + TOKEN, "Host: localhost")));
  }

  @Test
  void anotherTokenIsTheOneFromThenOn() throws IOException {
    server.follow(TOKEN, Set.of());
    server.follow("another-one-of-16", Set.of());
    assertEquals(
        401, status(ask("GET /metrics", "Host: localhost", "Authorization: Bearer " + TOKEN)));
    assertEquals(
        200,
        status(ask("GET /metrics", "Host: localhost", "Authorization: Bearer another-one-of-16")));
  }

  @Test
  void aRouterThatEndsSaysSo() throws IOException {
    server.follow(null, Set.of());
    failure = new IOException("the router is ending");
    String answer = ask("GET /metrics", "Host: localhost");
    assertEquals(503, status(answer), answer);
    assertTrue(answer.contains("the router is ending"), answer);
  }
}
