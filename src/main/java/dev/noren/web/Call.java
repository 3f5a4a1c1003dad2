package dev.noren.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import dev.noren.access.Sessions.Session;
import dev.noren.control.RecordJson;
import dev.noren.text.Language;
import dev.noren.text.Past;
import dev.noren.text.Refused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;

/** One request, as those see it who answer it. */
final class Call {
  /** A body of who has signed in, bytes. */
  static final int BODY_BYTES = 256 << 10;

  /** A body of anybody else, bytes: many at once are not to fill the heap. */
  static final int STRANGERS_BODY_BYTES = 4 << 10;

  /** The cookie of a session over HTTP. */
  private static final String SESSION = "noren-session";

  /** Over HTTPS; no page over HTTP can set one of this name (RFC 6265bis, 4.1.3.2). */
  private static final String SECURE_SESSION = "__Host-noren-session";

  /** The cookie of who chose a language. */
  static final String LANGUAGE = "noren-language";

  private final HttpExchange exchange;
  private final Map<String, String> query;
  private final Map<String, String> cookies;
  private final Language language;
  private Session session;
  private byte[] read;
  private Map<String, String> variables = Map.of();

  /**
   * A request.
   *
   * @throws IllegalArgumentException where its address is none
   */
  Call(HttpExchange exchange) {
    this.exchange = exchange;
    this.query = queryOf(exchange.getRequestURI().getRawQuery());
    this.cookies = cookiesOf(header("Cookie"));
    this.language =
        Languages.choose(
            query.get("language"), cookies.get(LANGUAGE), header(SignInHandler.LANGUAGE));
  }

  private static Map<String, String> queryOf(String raw) {
    Map<String, String> query = new HashMap<>();
    for (String part : raw == null ? new String[0] : raw.split("&", -1)) {
      String[] pair = part.split("=", 2);
      query.putIfAbsent(decoded(pair[0]), pair.length < 2 ? "" : decoded(pair[1]));
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  private static Map<String, String> cookiesOf(String header) {
    Map<String, String> cookies = new HashMap<>();
    for (String part : header == null ? new String[0] : header.split(";", -1)) {
      String[] pair = part.strip().split("=", 2);
      if (pair.length == 2) {
        cookies.putIfAbsent(pair[0], pair[1]);
      }
    }
    return cookies;
  }

  String method() {
    return exchange.getRequestMethod();
  }

  /** Whether it came over HTTPS. */
  boolean isSecure() {
    return exchange instanceof HttpsExchange;
  }

  /** How the browser calls the page that it is of, as in http://noren.local. */
  String origin() {
    return (isSecure() ? "https://" : "http://") + header("Host");
  }

  /** The name of the session's cookie. */
  String sessionCookie() {
    return isSecure() ? SECURE_SESSION : SESSION;
  }

  /** Whether it asks for something and changes nothing. */
  boolean isLook() {
    return method().equals("GET") || method().equals("HEAD");
  }

  /** The path as it was sent; no route has an escaped letter outside its variables. */
  String path() {
    return exchange.getRequestURI().getRawPath();
  }

  /** The first header of this name, or null. */
  String header(String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  /** What the address says behind its question mark, or null. */
  String query(String name) {
    return query.get(name);
  }

  String cookie(String name) {
    return cookies.get(name);
  }

  /** Where it comes from. */
  InetAddress source() {
    return exchange.getRemoteAddress().getAddress();
  }

  /** The box's own address that it was sent to. */
  InetAddress here() {
    return exchange.getLocalAddress().getAddress();
  }

  Language language() {
    return language;
  }

  /** Who has signed in, or null. */
  Session session() {
    return session;
  }

  void session(Session begun) {
    session = begun;
  }

  void variables(Map<String, String> found) {
    variables = Map.copyOf(found);
  }

  /** The part of the path that stands at this variable of the route. */
  String variable(String name) {
    return decoded(variables.get(name).replace("+", "%2B"));
  }

  /** Who it is, for the log. */
  String author() {
    boolean visitor = session != null && session.visitor();
    return Past.words(visitor ? "author.technician" : "author.owner", source().getHostAddress());
  }

  /**
   * The body as a record.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  <T extends Record> T body(Class<T> type) {
    return RecordJson.read(
        new String(bytes(session == null ? STRANGERS_BODY_BYTES : BODY_BYTES), UTF_8), type);
  }

  /**
   * The body.
   *
   * @throws IllegalArgumentException where it is longer, ends too early or is no body
   */
  byte[] bytes(int most) {
    if (read != null && read.length <= most) {
      return read;
    }
    byte[] body;
    try {
      body = exchange.getRequestBody().readNBytes(most + 1);
    } catch (IOException e) {
      throw new Refused("web.body-damaged");
    }
    if (body.length > most) {
      throw new Refused("web.body-long", most);
    }
    return body;
  }

  /**
   * Reads a short body before anybody asks for it. The server cuts off whoever has not sent all in
   * time, and takes what was not read for not sent, however long the answer takes.
   */
  void readShort() {
    String length = header("Content-Length");
    if (length != null
        && length.matches("[0-9]{1,4}")
        && Integer.parseInt(length) <= STRANGERS_BODY_BYTES) {
      read = bytes(STRANGERS_BODY_BYTES);
    }
  }

  /**
   * A member of a body that has to be there.
   *
   * @throws IllegalArgumentException where it is not
   */
  static <T> T needed(T value, String name) {
    if (value == null) {
      throw new Refused("request.missing", name);
    }
    return value;
  }

  HttpExchange exchange() {
    return exchange;
  }
}
