package dev.noren.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.noren.control.MetricsDesk;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.tinylog.Logger;

/**
 * The metrics over HTTP, at {@code /metrics} of a port of their own: so who may fetch them from a
 * tunnel does not reach the page by that. Where there is a token, who does not know it hears
 * nothing; where there is none, only who calls the box by one of its own names is answered, so that
 * no page of the web has a browser fetch them.
 */
public final class MetricsServer implements AutoCloseable {
  private static final String PATH = "/metrics";
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final String SCHEME = "bearer ";

  /** Who is served at once: a few that fetch every quarter of a minute. */
  private static final int MOST_AT_ONCE = 8;

  private static final int BACKLOG = 16;

  static {
    HttpLimits.apply();
  }

  private final MetricsDesk desk;
  private final HttpHandler handler = this::handle;
  private final ExecutorService threads = WebThreads.of(MOST_AT_ONCE, "noren-metrics");
  private volatile byte[] token;
  private volatile Set<String> names = Set.of();

  /** Open nowhere yet. */
  public MetricsServer(MetricsDesk desk) {
    this.desk = desk;
  }

  /**
   * Answers so from now on.
   *
   * @param wanted what who fetches has to know, or null for nothing
   * @param own by which the box is called, in small letters
   */
  public void follow(String wanted, Set<String> own) {
    token = wanted == null ? null : wanted.getBytes(UTF_8);
    names = Set.copyOf(own);
  }

  /**
   * Serves at an address, which must be there.
   *
   * @throws IOException where it can't
   */
  public PageServer.Door open(InetSocketAddress address) throws IOException {
    return door(serve(address));
  }

  /** The same, for who has to know which port it became. */
  HttpServer serve(InetSocketAddress address) throws IOException {
    HttpServer server = HttpServer.create(address, BACKLOG);
    server.setExecutor(threads);
    server.createContext("/", handler);
    server.start();
    return server;
  }

  private static PageServer.Door door(HttpServer server) {
    return () -> server.stop(0);
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      Site.send(exchange, reply(exchange));
    } catch (IOException e) {
      Logger.debug("a caller of the metrics: {}", e.getMessage());
    }
  }

  private Reply reply(HttpExchange exchange) {
    Call call;
    try {
      call = new Call(exchange);
    } catch (IllegalArgumentException e) {
      return Reply.error(400, Sentence.of("web.address"), Language.ENGLISH);
    }
    byte[] wanted = token;
    if (wanted == null && !Hosts.isOurs(call.header("Host"), call.here(), names)) {
      return Reply.error(421, Sentence.of("metrics.host"), call.language());
    }
    if (wanted != null && !knows(call, wanted)) {
      return Reply.error(401, Sentence.of("metrics.unauthorized"), call.language())
          .with("WWW-Authenticate: Bearer realm=\"noren metrics\"");
    }
    if (!call.path().equals(PATH)) {
      return Reply.error(404, Sentence.of("metrics.only", PATH), call.language());
    }
    if (!call.isLook()) {
      return Reply.error(405, Sentence.of("web.method"), call.language()).with("Allow: GET, HEAD");
    }
    try {
      return new Reply(200, TYPE, desk.metrics().getBytes(UTF_8), List.of());
    } catch (IOException e) {
      return Reply.error(503, Sentence.of(e), call.language());
    } catch (RuntimeException e) {
      Logger.error(e, "The metrics could not be made");
      return Reply.error(500, Sentence.of("request.mistake"), call.language());
    }
  }

  /** How long the comparison takes says nothing of how much is right. */
  private static boolean knows(Call call, byte[] wanted) {
    String said = call.header("Authorization");
    return said != null
        && said.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(wanted, said.substring(SCHEME.length()).strip().getBytes(UTF_8));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
