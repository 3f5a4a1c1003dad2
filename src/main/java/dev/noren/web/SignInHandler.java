package dev.noren.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.noren.control.RecordJson;
import dev.noren.control.SignInDesk;
import dev.noren.control.SignInMessage;
import dev.noren.control.SignInMessage.Answer;
import dev.noren.control.SignInMessage.Question;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.tinylog.Logger;

/**
 * Answers {@code /signin}: GET says whether the asker is signed in, POST signs in. Who asks for
 * HTML gets a page that does both.
 */
final class SignInHandler implements HttpHandler {
  static final String PATH = "/signin";

  /** The header of a request that says in which language a sentence is to be. */
  static final String LANGUAGE = "Accept-Language";

  private static final String JSON = "application/json";

  /** A body, bytes. */
  static final int BODY_BYTES = 1 << 10;

  private static final String FILES = "/assets/";

  private final Templates templates = new Templates();
  private final Assets assets = new Assets();
  private final SignInDesk desk;

  SignInHandler(SignInDesk desk) {
    this.desk = desk;
  }

  /** An answer with its status. */
  private record Said(int status, Answer answer) {
    static Said error(int status, Sentence sentence) {
      return new Said(status, new Answer(null, null, sentence, null));
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!page(exchange)) {
        send(exchange, reply(exchange));
      }
    } catch (IOException e) {
      Logger.debug("a caller of the sign-in: {}", e.getMessage());
    }
  }

  /** Serves what a browser wants to show, if it is that. */
  private boolean page(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String accepted = exchange.getRequestHeaders().getFirst("Accept");
    boolean file = path.startsWith(FILES);
    boolean html = accepted != null && accepted.contains("text/html");
    if (!file && !(html && (path.equals("/") || path.equals(PATH)))) {
      return false;
    }
    Call call;
    try {
      call = new Call(exchange);
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (!call.isLook()) {
      return false;
    }
    exchange.getResponseHeaders().set("Connection", "close");
    Site.send(exchange, file ? assets.answer(call) : page(call));
    return true;
  }

  private Reply page(Call call) {
    if (!call.path().equals(PATH)) {
      return Reply.redirect(PATH);
    }
    if (call.query("language") != null) {
      return Reply.redirect(PATH).with(SessionApi.cookie(call.language()));
    }
    Instant until = desk.signedInUntil(call.source());
    Page page =
        new Page(
            "signin",
            Sentence.of("page.signin"),
            call.language(),
            "",
            Hosts.of(call.here()),
            "",
            false,
            assets);
    Map<String, Object> more = new HashMap<>();
    more.put("until", until);
    return Reply.html(templates.render(page, more));
  }

  private Said reply(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals(PATH)) {
      return Said.error(404, Sentence.of("signin.only", PATH));
    }
    InetAddress source = exchange.getRemoteAddress().getAddress();
    return switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" -> {
        Instant until = desk.signedInUntil(source);
        yield new Said(200, new Answer(until != null, until, null, null));
      }
      case "POST" -> post(exchange, source);
      default -> Said.error(405, Sentence.of("signin.methods"));
    };
  }

  private Said post(HttpExchange exchange, InetAddress source) throws IOException {
    // A page of the web can't say so without asking first, which is answered by a refusal.
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase(JSON)) {
      return Said.error(415, Sentence.of("signin.type", JSON));
    }
    byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES + 1);
    if (body.length > BODY_BYTES) {
      return Said.error(413, Sentence.of("signin.body-long", BODY_BYTES));
    }
    Question question;
    try {
      question = SignInMessage.question(new String(body, UTF_8));
    } catch (IllegalArgumentException e) {
      return Said.error(400, Sentence.of("signin.body", Sentence.of(e)));
    }
    try {
      return reply(desk.signIn(source, question.person(), question.code()));
    } catch (IOException e) {
      return Said.error(503, Sentence.of(e));
    }
  }

  private static Said reply(SignInDesk.Result result) {
    Long wait = result.waitSeconds() == 0 ? null : result.waitSeconds();
    if (result.until() != null) {
      return new Said(200, new Answer(true, result.until(), null, null));
    }
    if (!result.looked()) {
      return new Said(429, new Answer(null, null, Sentence.of("signin.too-many", wait), wait));
    }
    return new Said(401, new Answer(null, null, Sentence.of("signin.wrong"), wait));
  }

  /** What the caller would rather read; all of HTTP's weighing is for pages. */
  private static Language language(HttpExchange exchange) {
    String wished = exchange.getRequestHeaders().getFirst(LANGUAGE);
    return Language.orEnglish(
        wished == null ? null : wished.strip().toLowerCase(Locale.ROOT).split("[-,;]", 2)[0]);
  }

  private static void send(HttpExchange exchange, Said reply) throws IOException {
    byte[] text =
        (RecordJson.write(reply.answer, false, language(exchange)) + "\n").getBytes(UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", JSON);
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Connection", "close");
    if (reply.answer.waitSeconds() != null) {
      headers.set("Retry-After", reply.answer.waitSeconds().toString());
    }
    if (reply.status == 405) {
      headers.set("Allow", "GET, HEAD, POST");
    }
    boolean bare = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(reply.status, bare ? -1 : text.length);
    if (!bare) {
      exchange.getResponseBody().write(text);
    }
  }
}
