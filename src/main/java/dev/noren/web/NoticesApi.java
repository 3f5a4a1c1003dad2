package dev.noren.web;

import dev.noren.config.ConfigException;
import dev.noren.config.NoticesConfig;
import dev.noren.config.NoticesConfig.Mail;
import dev.noren.config.NoticesConfig.Webhook;
import dev.noren.config.RouterConfig;
import dev.noren.control.NoticeDesk;
import dev.noren.control.NoticeDesk.Tried;
import dev.noren.control.Operations;
import dev.noren.control.RecordJson;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** What the owner is told by itself, how, and a test of it. */
final class NoticesApi {
  private final Operations operations;
  private final Edits edits;

  NoticesApi(Operations operations, Edits edits) {
    this.operations = operations;
    this.edits = edits;
  }

  /**
   * How notices go out; no secret is in it.
   *
   * @param language the code of the language that they are in
   * @param byMail whether they go out by mail
   * @param to who gets them
   * @param from who they are from, or null for the user or who gets them
   * @param server the mail server
   * @param port its port, or null for the usual one
   * @param security how it is spoken to
   * @param user who signs in there, or null
   * @param hasPassword whether a password is kept
   * @param byWebhook whether they go out by a webhook
   * @param webhook on which host that is
   * @param hasToken whether a token is kept
   * @param events what is told
   * @param waiting how many have still to go out
   * @param last those that were tried last, the newest first
   */
  record State(
      String language,
      boolean byMail,
      String to,
      String from,
      String server,
      Integer port,
      String security,
      String user,
      boolean hasPassword,
      boolean byWebhook,
      String webhook,
      boolean hasToken,
      List<String> events,
      int waiting,
      List<Tried> last) {
    static State of(NoticesConfig config, NoticeDesk.Notices told) {
      Mail mail = config.mail();
      Webhook webhook = config.webhook();
      return new State(
          config.language().code(),
          mail != null,
          mail == null ? null : mail.to(),
          mail == null ? null : mail.from(),
          mail == null ? null : mail.server(),
          mail == null || mail.port() == 0 ? null : (Integer) mail.port(),
          RecordJson.wordOf(mail == null ? NoticesConfig.Security.TLS : mail.security()),
          mail == null ? null : mail.user(),
          mail != null && mail.password() != null,
          webhook != null,
          webhook == null ? null : webhook.url().place().host(),
          webhook != null && webhook.token() != null,
          config.events().stream().sorted().map(NoticesConfig.Event::word).toList(),
          told.waiting(),
          told.last());
    }

    /** Whether something is told. */
    public boolean tells(String event) {
      return events.contains(event);
    }
  }

  /**
   * How they shall go out.
   *
   * @param password the user's password; where it is left out, the one that is kept for the same
   *     user at the same server
   * @param url where the webhook is; where it is left out, it stays as it is, with its token
   * @param token what the webhook wants, or null
   */
  record Settings(
      String language,
      Boolean byMail,
      String to,
      String from,
      String server,
      Integer port,
      String security,
      String user,
      String password,
      Boolean byWebhook,
      String url,
      String token,
      List<String> events)
      implements RecordJson.Sparse {
    /** Without what is secret. */
    @Override
    public String toString() {
      return "Settings[byMail=" + byMail + ", byWebhook=" + byWebhook + "]";
    }
  }

  /** What became of a test, a sentence for each way. */
  record Tested(List<Tried> tried, List<Sentence> says) {}

  /** The document's part. */
  record Part(String language, MailPart mail, HookPart webhook, List<String> events)
      implements RecordJson.Sparse {}

  /** The document's part of that. */
  record MailPart(
      String to,
      String from,
      String server,
      Integer port,
      String security,
      String user,
      String password)
      implements RecordJson.Sparse {}

  /** The document's part of that. */
  record HookPart(String url, String token) implements RecordJson.Sparse {}

  List<Route> routes() {
    return List.of(
        new Route("GET", "/api/v1/notices", Whom.OWNER, this::state),
        new Route("PUT", "/api/v1/notices", Whom.OWNER, this::set),
        new Route("POST", "/api/v1/notices/test", Whom.OWNER, this::test));
  }

  private Reply state(Call call) throws IOException {
    return Reply.json(State.of(edits.config().notices(), operations.notices()), call.language());
  }

  private Reply set(Call call) throws IOException, ConfigException {
    Settings wanted = call.body(Settings.class);
    RouterConfig config = edits.config();
    Part part =
        new Part(
            wanted.language() == null ? call.language().code() : wanted.language(),
            Boolean.TRUE.equals(wanted.byMail()) ? mail(wanted, config.notices().mail()) : null,
            Boolean.TRUE.equals(wanted.byWebhook())
                ? webhook(wanted, config.notices().webhook())
                : null,
            wanted.events());
    return ChangeApi.changed(
        operations.set("notices", RecordJson.write(part, false), call.author()), call);
  }

  private static MailPart mail(Settings wanted, Mail kept) {
    boolean same =
        kept != null
            && Objects.equals(kept.user(), wanted.user())
            && kept.server().equals(wanted.server());
    String password =
        wanted.password() == null && same && wanted.user() != null
            ? kept.password()
            : wanted.password();
    return new MailPart(
        wanted.to(),
        wanted.from(),
        wanted.server(),
        wanted.port(),
        wanted.security(),
        wanted.user(),
        password);
  }

  private static HookPart webhook(Settings wanted, Webhook kept) {
    if (wanted.url() != null) {
      return new HookPart(wanted.url(), wanted.token());
    }
    if (kept == null) {
      throw new Refused("notices.no-url");
    }
    return new HookPart(
        kept.url().toString(), wanted.token() == null ? kept.token() : wanted.token());
  }

  private Reply test(Call call) throws IOException {
    List<Tried> tried = operations.testNotices(call.author());
    return Reply.json(
        new Tested(tried, tried.stream().map(NoticesApi::said).toList()), call.language());
  }

  private static Sentence said(Tried tried) {
    return Sentence.of(
        tried.by().equals("mail") ? "notices.said-mail" : "notices.said-webhook", tried.says());
  }
}
