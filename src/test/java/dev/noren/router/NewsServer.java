package dev.noren.router;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of lists and files, which gives what a test has it give. */
final class NewsServer implements AutoCloseable {
  /** What was asked for, with what the asker said of itself. */
  final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final CountDownLatch ends = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /** It breaks off so many answers in their midst. */
  final AtomicInteger breaks = new AtomicInteger();

  /** It begins its answers, and never ends them. */
  volatile boolean slow;

  NewsServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  void gives(String path, byte[] file) {
    files.put(path, file);
  }

  void givesNo(String path) {
    files.remove(path);
  }

  long askedFor(String path) {
    return asked.stream().filter(each -> each.startsWith(path + " ")).count();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path + " by " + exchange.getRequestHeaders().keySet().stream().sorted().toList());
    byte[] file = files.get(path);
    if (file == null) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(200, file.length);
    OutputStream out = exchange.getResponseBody();
    if (slow) {
      out.write(file, 0, 1);
      out.flush();
      await();
    } else if (breaks.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      out.write(file, 0, file.length / 2);
      out.flush();
    } else {
      out.write(file);
    }
    exchange.close();
  }

  private void await() {
    try {
      ends.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ends.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
