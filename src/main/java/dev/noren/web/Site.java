package dev.noren.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.noren.config.ConfigException;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.tinylog.Logger;

/**
 * The page and its API: looks at each request as a guard does, and has it answered by whom it is
 * for.
 */
final class Site implements HttpHandler {
  /** The header in which a page shows that it is one of the session's own. */
  static final String PROOF = "X-Noren-Proof";

  /** Nothing but what the box itself sends; no script or style inside a page. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  /** What a body may be: nothing that a form of another site can send. */
  private static final Set<String> TYPES = Set.of(Reply.JSON, Reply.BYTES);

  private final List<Route> routes;
  private final Doorkeeper door;
  private final Supplier<Set<String>> names;

  /** Knows who has signed in. */
  interface Doorkeeper {
    /** Finds the session of a call, where it has one. */
    void recognize(Call call);

    /** Whether the box has an owner. */
    boolean isClaimed();
  }

  /**
   * @param names by which the box is called, in small letters
   */
  Site(List<Route> routes, Doorkeeper door, Supplier<Set<String>> names) {
    this.routes = List.copyOf(routes);
    this.door = door;
    this.names = names;
  }

  List<Route> routes() {
    return routes;
  }

  @Override
  public void handle(HttpExchange exchange) {
    try (exchange) {
      Reply reply = reply(exchange);
      if (reply != null) {
        send(exchange, reply);
      }
    } catch (IOException e) {
      Logger.debug("a caller of the page: {}", e.getMessage());
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    Call call;
    try {
      call = new Call(exchange);
    } catch (IllegalArgumentException e) {
      Logger.debug("a request has no address: {}", e.getMessage());
      return Reply.error(400, Sentence.of("web.address"), Language.ENGLISH);
    }
    try {
      return reply(call);
    } catch (ConfigException e) {
      return wrong(e, call.language());
    } catch (IOException e) {
      return Reply.error(503, Sentence.of(e), call.language());
    } catch (IllegalArgumentException e) {
      return Reply.error(400, Sentence.of(e), call.language());
    } catch (RuntimeException e) {
      Logger.error(e, "A request of the page could not be answered");
      return Reply.error(500, Sentence.of("request.mistake"), call.language());
    }
  }

  private static Reply wrong(ConfigException e, Language language) {
    List<Reply.Wrong> wrong =
        e.errors().stream()
            .map(
                each ->
                    new Reply.Wrong(
                        each.place() == null ? "" : each.place().in(language), each.reason()))
            .toList();
    return Reply.json(422, new Reply.Problem(Sentence.of(e), wrong, null), language);
  }

  private Reply reply(Call call) throws IOException, ConfigException {
    if (!Hosts.isOurs(call.header("Host"), call.here(), names.get())) {
      // Before it belongs to somebody, a telephone that looks for the internet is led to the page.
      return !door.isClaimed() && call.isLook()
          ? Reply.redirect("http://" + Hosts.of(call.here()) + "/")
          : Reply.error(421, Sentence.of("web.host"), call.language());
    }
    Route route = null;
    boolean known = false;
    for (Route each : routes) {
      Map<String, String> variables = each.match(call.path());
      if (variables != null) {
        known = true;
        if (each.takes(call.method())) {
          call.variables(variables);
          route = each;
          break;
        }
      }
    }
    if (route == null) {
      return known
          ? Reply.error(405, Sentence.of("web.method"), call.language())
          : Reply.error(404, Sentence.of("web.nothing"), call.language());
    }
    return guarded(call, route);
  }

  private Reply guarded(Call call, Route route) throws IOException, ConfigException {
    door.recognize(call);
    if (!call.isLook() && !isFromOurPage(call)) {
      return Reply.error(403, Sentence.of("web.origin"), call.language());
    }
    if (route.whom() == Whom.OWNER) {
      if (call.session() == null) {
        return stranger(call);
      }
      if (!call.isLook() && !call.session().proof().equals(call.header(PROOF))) {
        return Reply.error(403, Sentence.of("web.origin"), call.language());
      }
      if (call.session().visitor() && !isForVisitors(call, route)) {
        return Reply.error(403, Sentence.of("web.visitor"), call.language());
      }
    }
    if (!call.isLook()) {
      call.readShort();
    }
    return route.handler().answer(call);
  }

  /** A technician looks, but at no keys, and changes nothing but that he is here. */
  private static boolean isForVisitors(Call call, Route route) {
    return route.pattern().equals("/api/v1/logout")
        || (call.isLook() && !route.pattern().endsWith("/conf"));
  }

  private Reply stranger(Call call) {
    if (!call.path().startsWith("/api/")) {
      return Reply.redirect(door.isClaimed() ? "/login" : "/claim");
    }
    return Reply.error(401, Sentence.of("web.sign-in"), call.language());
  }

  /** A browser says with each change which page it is of; a page of another site can't say ours. */
  private static boolean isFromOurPage(Call call) {
    String origin = call.header("Origin");
    String type = call.header("Content-Type");
    return call.origin().equals(origin)
        && type != null
        && TYPES.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
  }

  /** Sends an answer, with what a browser is to know of the page besides. */
  static void send(HttpExchange exchange, Reply reply) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", reply.type());
    headers.set("Cache-Control", "no-store");
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    for (String header : reply.headers()) {
      String[] pair = header.split(": ", 2);
      if (pair[0].equals("Set-Cookie")) {
        headers.add(pair[0], pair[1]);
      } else {
        headers.set(pair[0], pair[1]);
      }
    }
    boolean bare = exchange.getRequestMethod().equals("HEAD") || reply.body().length == 0;
    exchange.sendResponseHeaders(reply.status(), bare ? -1 : reply.body().length);
    if (!bare) {
      exchange.getResponseBody().write(reply.body());
    }
  }
}
