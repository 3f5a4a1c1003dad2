package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.access.OwnerAccess;
import dev.noren.access.SetupCode;
import dev.noren.control.FakeRouter;
import dev.noren.control.Presence;
import dev.noren.net.IpAddress;
import dev.noren.services.CommandRunner;
import dev.noren.services.Keytool;
import dev.noren.text.Failed;
import dev.noren.web.PageServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PageCertificateTest {
  private static final String CLAIM =
      "{\"code\": \"K7MQ-2XWD\", \"passphrase\": \"plover kettle ninth lantern\"}";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path state;
  private final List<String> log = new ArrayList<>();

  private PageCertificate certificate(InstantSource clock) {
    return new PageCertificate(
        state, new Keytool(new CommandRunner()), (who, what) -> log.add(who + " " + what), clock);
  }

  private PageCertificate made() throws IOException {
    PageCertificate certificate = certificate(InstantSource.system());
    certificate.follow(
        List.of("noren.local", "shop.lan"),
        List.of(IpAddress.parse("127.0.0.1"), IpAddress.parse("fd00::1")));
    certificate.makeCertificate("me");
    return certificate;
  }

  @Test
  void oneThatIsMadeIsKeptForItsOwnerAlone() throws Exception {
    PageCertificate first = made();
    String print = first.certificate().sha256();
    assertTrue(print.matches("([0-9A-F]{2}:){31}[0-9A-F]{2}"), print);
    assertEquals(List.of("me made the page's certificate " + print), log);
    Path file = state.resolve(PageCertificate.FILE);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    try (Stream<Path> all = Files.list(state)) {
      assertEquals(List.of(file), all.toList(), "nothing else is left");
    }
    Duration lasts = Duration.between(Instant.now(), first.certificate().until());
    assertTrue(lasts.toDays() >= 823 && lasts.toDays() <= 825, lasts.toString());
    PageCertificate again = certificate(InstantSource.system());
    assertEquals(first.certificate(), again.certificate(), "after a restart");
    again.makeCertificate("me");
    assertFalse(print.equals(again.certificate().sha256()), "another one");
    again.dropCertificate("me");
    assertNull(again.certificate());
    assertNull(again.context());
    assertFalse(Files.exists(file));
    assertNull(certificate(InstantSource.system()).certificate());
  }

  @Test
  void aDamagedOneIsNone() throws Exception {
    Files.writeString(state.resolve(PageCertificate.FILE), "bm90IG9uZQ==\n");
    assertNull(certificate(InstantSource.system()).certificate());
    Files.writeString(state.resolve(PageCertificate.FILE), "\u0001*");
    assertNull(certificate(InstantSource.system()).certificate());
  }

  @Test
  void noneIsMadeBeforeTheClockIsSet() {
    PageCertificate certificate = certificate(() -> Instant.parse("1970-01-01T00:05:00Z"));
    Failed failed = assertThrows(Failed.class, () -> certificate.makeCertificate("me"));
    assertEquals("certificate.clock", failed.sentence().key());
    assertNull(certificate.certificate());
  }

  /** As a browser whose user has compared the fingerprint. */
  @Test
  void thePageIsServedWithItAndItsCookieIsForItAlone() throws Exception {
    PageCertificate certificate = made();
    FakeRouter router = new FakeRouter();
    try (PageServer server =
        new PageServer(
            router,
            router,
            router,
            certificate,
            new OwnerAccess(null, new SetupCode("K7MQ-2XWD"), owner -> {}, new SecureRandom()),
            new Presence(),
            (who, what) -> {},
            InstantSource.system())) {
      InetSocketAddress at = new InetSocketAddress(InetAddress.getLoopbackAddress(), free());
      PageServer.Door door = server.openSecure(at, certificate.context());
      String origin = "https://127.0.0.1:" + at.getPort();
      List<X509Certificate> shown = new ArrayList<>();
      SSLContext trust = SSLContext.getInstance("TLS");
      trust.init(null, new TrustManager[] {new Looks(shown)}, null);
      HttpClient client = HttpClient.newBuilder().sslContext(trust).build();
      assertEquals(200, get(client, origin + "/claim", "a=b").statusCode());
      assertEquals(
          List.of("noren.local", "shop.lan", "127.0.0.1", "fd00:0:0:0:0:0:0:1"),
          shown.getFirst().getSubjectAlternativeNames().stream().map(each -> each.get(1)).toList());
      assertEquals(403, claim(client, origin, origin.replace("https", "http")).statusCode());
      HttpResponse<String> claimed = claim(client, origin, origin);
      assertEquals(200, claimed.statusCode(), claimed.body());
      String cookie = claimed.headers().firstValue("Set-Cookie").orElseThrow();
      assertTrue(cookie.startsWith("__Host-noren-session="), cookie);
      assertTrue(cookie.contains("; Secure") && cookie.contains("; Path=/;"), cookie);
      String pair = cookie.split(";", 2)[0];
      assertEquals(200, get(client, origin + "/", pair).statusCode());
      assertEquals(
          302,
          get(client, origin + "/", pair.replace("__Host-", "")).statusCode(),
          "a cookie of a page over HTTP is none here");
      door.close();
    }
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static HttpResponse<String> claim(HttpClient client, String page, String origin)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(page + "/api/v1/claim"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("Origin", origin)
            .POST(HttpRequest.BodyPublishers.ofString(CLAIM))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(HttpClient client, String url, String cookie)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).header("Cookie", cookie).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Takes whatever is shown. */
  private record Looks(List<X509Certificate> shown) implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      shown.add(chain[0]);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
