package dev.noren.config;

import dev.noren.config.NoticesConfig.Event;
import dev.noren.config.NoticesConfig.Mail;
import dev.noren.config.NoticesConfig.Security;
import dev.noren.config.NoticesConfig.Webhook;
import dev.noren.text.Language;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what the owner is told of by itself. */
final class NoticesReader {
  /** What mail programs take without quotes (RFC 5322, 3.4.1). */
  private static final Pattern MAIL =
      Pattern.compile("(?=.{3,254}$)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]+");

  /** What a header can carry (RFC 6750, 2.1). */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{1,512}={0,2}");

  /** A line of msmtp's settings is at most 500 bytes. */
  private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,256}");

  private static final int MOST_PORT = 65_535;

  private NoticesReader() {}

  /** Reads the document's part of it. */
  static NoticesConfig read(Fields fields) {
    Language language =
        fields.textOr("language", NoticesConfig.OFF.language(), NoticesReader::language);
    Mail mail = fields.has("mail") ? mail(fields.object("mail")) : null;
    Webhook webhook = fields.has("webhook") ? webhook(fields.object("webhook")) : null;
    // They are known also where they are null.
    fields.known("mail");
    fields.known("webhook");
    List<Event> named = fields.texts("events", NoticesReader::event);
    Set<Event> events = fields.has("events") ? Set.copyOf(named) : NoticesConfig.OFF.events();
    fields.done();
    return new NoticesConfig(language, mail, webhook, events);
  }

  private static Language language(String text) {
    Language language = Language.of(text);
    if (language == null) {
      throw new Refused(
          "word.none",
          Values.quoted(text),
          Arrays.stream(Language.values()).map(Language::code).toList());
    }
    return language;
  }

  private static Event event(String text) {
    return EnumSet.allOf(Event.class).stream()
        .filter(each -> each.word().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new Refused(
                    "word.none",
                    Values.quoted(text),
                    Arrays.stream(Event.values()).map(Event::word).toList()));
  }

  private static Mail mail(Fields fields) {
    String to = fields.required("to", "hint.mail", NoticesReader::mailAddress);
    String from = fields.text("from", NoticesReader::mailAddress);
    String server = fields.required("server", "hint.mail-server", NoticesReader::server);
    int port = fields.number("port", 1, MOST_PORT, 0);
    Security security = fields.word("security", Security.class, Security.TLS);
    String user = fields.text("user", text -> printable(text, "notices.user"));
    String password =
        fields.text(
            "password",
            text -> RouterValues.secret(text, each -> printable(each, "notices.password")));
    if (fields.has("user") != fields.has("password")) {
      fields.error(fields.has("user") ? "password" : "user", Sentence.of("notices.half-signed-in"));
    }
    if (security == Security.NONE && fields.has("password")) {
      fields.error("security", Sentence.of("notices.password-in-clear"));
    }
    fields.done();
    return to == null || server == null
        ? null
        : new Mail(to, from, server, port, security, user, password);
  }

  private static Webhook webhook(Fields fields) {
    WebAddress url =
        fields.required(
            "url", "hint.webhook", text -> RouterValues.secret(text, WebAddress::parse));
    String token =
        fields.text(
            "token",
            text -> RouterValues.secret(text, each -> matching(each, TOKEN, "notices.token")));
    if (url != null && !url.secure() && fields.has("token")) {
      fields.error("url", Sentence.of("notices.token-in-clear"));
    }
    fields.done();
    return url == null ? null : new Webhook(url, token);
  }

  private static String mailAddress(String text) {
    if (!MAIL.matcher(text).matches()) {
      throw new Refused("notices.mail-form", Values.quoted(text));
    }
    HostPort.checkName(text.substring(text.indexOf('@') + 1));
    return text;
  }

  private static String server(String text) {
    if (text.indexOf(':') >= 0) {
      return RouterValues.server(text).toString();
    }
    return RouterValues.reachable(new HostPort(text, 1)).host();
  }

  /** The text is never part of the reason. */
  private static String printable(String text, String refused) {
    return matching(text, PRINTABLE, refused);
  }

  private static String matching(String text, Pattern form, String refused) {
    if (!form.matcher(text).matches()) {
      throw new Refused(refused);
    }
    return text;
  }
}
