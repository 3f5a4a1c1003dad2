package dev.noren.street;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** A web server that keeps what is posted to it. */
public final class HookCatcher implements AutoCloseable {
  private final HttpServer server;
  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private volatile int status = 204;

  /** What was posted. */
  public record Post(
      String from, String method, String path, String host, String token, String body) {}

  /**
   * Listens on a port of 127.0.0.1.
   *
   * @param tls what it proves itself by, or null for HTTP
   */
  public HookCatcher(SSLContext tls) throws IOException {
    this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls);
  }

  /** Listens in a host, in the clear. */
  public static HookCatcher in(Host host, int port) {
    return host.inside(() -> new HookCatcher(new InetSocketAddress(port), null));
  }

  private HookCatcher(InetSocketAddress at, SSLContext tls) throws IOException {
    if (tls == null) {
      server = HttpServer.create(at, 5);
    } else {
      HttpsServer secure = HttpsServer.create(at, 5);
      secure.setHttpsConfigurator(new HttpsConfigurator(tls));
      server = secure;
    }
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            posts.add(
                new Post(
                    exchange.getRemoteAddress().getAddress().getHostAddress(),
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("Host"),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:9/");
            exchange.sendResponseHeaders(status, -1);
          }
        });
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** What it answers from now on. */
  public void answers(int other) {
    status = other;
  }

  public List<Post> posts() {
    return List.copyOf(posts);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
