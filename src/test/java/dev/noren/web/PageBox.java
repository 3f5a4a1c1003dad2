package dev.noren.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.access.OwnerAccess;
import dev.noren.access.SetupCode;
import dev.noren.control.FakeRouter;
import dev.noren.control.Presence;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A page over a router that is made up, on a port of loopback, and what whoever is there says. */
final class PageBox implements AutoCloseable {
  static final String CODE = "K7MQ-2XWD";
  static final String PASSPHRASE = "plover kettle ninth lantern";

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  final FakeRouter router = new FakeRouter();
  final PageServer server;
  private final PageServer.Door door;
  private final int port;

  /** What the owner's browser sends with all that it asks. */
  private List<String> owner = List.of();

  /** An answer; its head has one header a line. */
  record Answer(String head, String body) {
    int status() {
      return head.isEmpty() ? 0 : Integer.parseInt(head.split(" ", 3)[1]);
    }

    /** The first header of this name, or "". */
    String header(String name) {
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ": "))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse("");
    }

    /** The cookie of the session that began. */
    String cookie() {
      Matcher matcher = Pattern.compile("noren-session=[^;]+").matcher(header("set-cookie"));
      assertTrue(matcher.find(), head);
      return "Cookie: " + matcher.group();
    }
  }

  PageBox() throws IOException {
    server =
        new PageServer(
            router,
            router,
            router,
            router,
            new OwnerAccess(null, new SetupCode(CODE), owner -> {}, new SecureRandom()),
            new Presence(),
            (who, what) -> {},
            InstantSource.system());
    try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
      port = free.getLocalPort();
    }
    door = server.open(new InetSocketAddress(LOOPBACK, port));
  }

  /** One that has an owner, in whose name it is asked from then on. */
  static PageBox claimed() throws IOException {
    PageBox box = new PageBox();
    box.signedIn(box.change("POST", "/api/v1/claim", box.claim(CODE)));
    return box;
  }

  String claim(String code) {
    return "{\"code\": \"%s\", \"passphrase\": \"%s\"}".formatted(code, PASSPHRASE);
  }

  /** It is asked as the owner of this session from now on. */
  void signedIn(Answer answer) throws IOException {
    assertEquals(200, answer.status(), answer.toString());
    String cookie = answer.cookie();
    owner = List.of(cookie, "X-Noren-Proof: " + proof(cookie));
  }

  /** The proof of a session. */
  String proof(String cookie) throws IOException {
    Matcher matcher =
        Pattern.compile("\"proof\":\"([^\"]+)\"")
            .matcher(ask(request("GET /api/v1/session", null, cookie)).body());
    assertTrue(matcher.find());
    return matcher.group(1);
  }

  /** Nobody has signed in from now on. */
  void stranger() {
    owner = List.of();
  }

  String host() {
    return "127.0.0.1:" + port;
  }

  /** Pages without variables in their addresses, of both who has signed in and who has not. */
  List<String> pages(Whom whom) {
    return server.routes().stream()
        .filter(route -> route.whom() == whom && route.method().equals("GET"))
        .map(Route::pattern)
        .filter(pattern -> !pattern.startsWith("/api/") && !pattern.contains("{"))
        .toList();
  }

  Socket connect(String from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress(LOOPBACK, port), 5_000);
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** A connection that takes next to nothing, so that an answer does not fit on its way. */
  Socket deaf() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(1);
    socket.connect(new InetSocketAddress(LOOPBACK, port), 5_000);
    return socket;
  }

  Socket connect() throws IOException {
    return connect("127.0.0.1");
  }

  /** A request with these lines in its head besides. */
  String request(String line, String body, String... headers) {
    return line
        + " HTTP/1.1\r\nHost: "
        + host()
        + "\r\nConnection: close\r\n"
        + String.join("", List.of(headers).stream().map(each -> each + "\r\n").toList())
        + (body == null ? "" : "Content-Length: " + body.getBytes(UTF_8).length + "\r\n")
        + "\r\n"
        + (body == null ? "" : body);
  }

  Answer ask(String request) throws IOException {
    return askFrom("127.0.0.1", request);
  }

  /** Sends this from an address; an empty answer where the connection was cut off. */
  Answer askFrom(String from, String request) throws IOException {
    try (Socket socket = connect(from)) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return read(socket);
    } catch (SocketException e) {
      return new Answer("", "");
    }
  }

  static Answer read(Socket socket) throws IOException {
    String all = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    int end = all.indexOf("\r\n\r\n");
    return end < 0
        ? new Answer("", all)
        : new Answer(
            all.substring(0, end), new String(all.substring(end + 4).getBytes(ISO_8859_1), UTF_8));
  }

  Answer get(String path, String... headers) throws IOException {
    return ask(request("GET " + path, null, with(headers)));
  }

  /** A page, as a browser reads it. */
  Document page(String path, String language) throws IOException {
    Answer answer = get(path, "Accept-Language: " + language);
    assertEquals(200, answer.status(), path + ": " + answer.head());
    return Jsoup.parse(answer.body());
  }

  /** A change as the page sends it. */
  Answer change(String method, String path, String body, String... headers) throws IOException {
    return ask(changing(method, path, body, headers));
  }

  String changing(String method, String path, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(with(headers)));
    all.add("Content-Type: application/json");
    all.add("Origin: http://" + host());
    return request(method + " " + path, body, all.toArray(String[]::new));
  }

  private String[] with(String... headers) {
    List<String> all = new ArrayList<>(owner);
    all.addAll(List.of(headers));
    return all.toArray(String[]::new);
  }

  @Override
  public void close() {
    door.close();
    server.close();
  }
}
