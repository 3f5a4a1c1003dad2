package dev.noren.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.sun.net.httpserver.HttpExchange;
import dev.noren.control.RecordJson;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;

/**
 * Streams of events (HTML, 9.2): the home page's numbers, about once a second. A stream ends itself
 * before the server would cut it off, and the browser comes again. There are so many at once, so
 * that others than they are served too.
 */
final class Events {
  /** Streams at once. */
  static final int MOST = 16;

  private static final long LASTS_NS = SECONDS.toNanos(50);
  private static final long PAUSE_MS = 1_000;

  private final Feed feed;
  private final Semaphore places = new Semaphore(MOST);

  Events(Feed feed) {
    this.feed = feed;
  }

  /** Serves one; null, since all is said when it ends. */
  Reply answer(Call call) throws IOException {
    if (!places.tryAcquire()) {
      return Reply.error(503, Sentence.of("web.streams"), call.language()).with("Retry-After: 5");
    }
    try {
      stream(call);
    } finally {
      places.release();
    }
    return null;
  }

  private void stream(Call call) throws IOException {
    HttpExchange exchange = call.exchange();
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/event-stream");
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    if (call.method().equals("HEAD")) {
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    long until = System.nanoTime() + LASTS_NS;
    out.write("retry: 1000\n\n".getBytes(UTF_8));
    while (System.nanoTime() - until < 0) {
      HomeView view = HomeView.of(feed.look());
      out.write(
          ("data: " + RecordJson.write(view, false, call.language()) + "\n\n").getBytes(UTF_8));
      out.flush();
      try {
        Thread.sleep(PAUSE_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
