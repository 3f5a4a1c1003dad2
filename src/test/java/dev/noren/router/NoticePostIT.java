package dev.noren.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.noren.config.HostPort;
import dev.noren.config.NoticesConfig;
import dev.noren.config.NoticesConfig.Event;
import dev.noren.config.NoticesConfig.Mail;
import dev.noren.config.NoticesConfig.Security;
import dev.noren.config.NoticesConfig.Webhook;
import dev.noren.config.WebAddress;
import dev.noren.notice.Notice;
import dev.noren.notice.Notice.Channel;
import dev.noren.notice.Notice.Kind;
import dev.noren.router.WaysOut.Way;
import dev.noren.services.CommandRunner;
import dev.noren.street.HookCatcher;
import dev.noren.street.HookCatcher.Post;
import dev.noren.street.MailCatcher;
import dev.noren.street.MailCatcher.How;
import dev.noren.street.Running;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** msmtp and wget send for real, to a small mail server and a small web server. */
class NoticePostIT {
  private static final String WORD = "test-word";
  private static final String PASSWORD = "it's \"komorebi\" 4711\\";
  private static final Instant NOON = Instant.parse("2027-03-01T03:00:00Z");

  @TempDir static Path keys;
  private static SSLContext tls;
  private static SSLContext elsewhere;

  @TempDir Path state;

  private static SSLContext made(String name, String san)
      throws IOException, GeneralSecurityException {
    Path store = keys.resolve(name + ".p12");
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> all = List.of(tool, "-storepass", WORD, "-alias", "x", "-keystore", "" + store);
    List<String> make =
        List.of(
            "-genkeypair",
            "-keyalg",
            "EC",
            "-storetype",
            "PKCS12",
            "-dname",
            "CN=" + name,
            "-ext",
            "bc=ca:true",
            "-ext",
            "san=" + san);
    run(all, make);
    run(all, List.of("-exportcert", "-rfc", "-file", keys.resolve(name + ".pem").toString()));
    KeyStore read = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(store)) {
      read.load(file, WORD.toCharArray());
    }
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(read, WORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private static void run(List<String> all, List<String> more) {
    List<String> command = new ArrayList<>(all);
    command.addAll(1, more);
    Running.run(command.toArray(String[]::new)).must();
  }

  @BeforeAll
  static void makeCertificates() throws IOException, GeneralSecurityException {
    tls = made("here", "ip:127.0.0.1");
    elsewhere = made("elsewhere", "dns:mail.example");
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    Path folder = state.resolve(NoticePost.FOLDER);
    if (Files.exists(folder)) {
      try (var files = Files.list(folder)) {
        assertEquals(List.of(), files.toList(), "secrets are in it");
      }
    }
  }

  private static final List<Way> PLAIN = List.of(new Way(0, 0, List.of()));

  private NoticePost post(String trusted) {
    return new NoticePost(
        new CommandRunner(),
        state,
        keys.resolve(trusted + ".pem"),
        new WaysOut(new Random(1)),
        InstantSource.fixed(NOON));
  }

  private static Mail mail(int port, Security security, String password) {
    return new Mail(
        "owner@shop.example",
        "box@shop.example",
        "127.0.0.1",
        port,
        security,
        password == null ? null : "box",
        password);
  }

  private static NoticesConfig config(Mail mail, Webhook hook) {
    return new NoticesConfig(Language.JAPANESE, mail, hook, EnumSet.allOf(Event.class));
  }

  private static final Notice NOTICE =
      new Notice(
          "7",
          Kind.DOWN,
          NOON,
          "4-2",
          "shop：つながらなくなっています（診断 4-2）とても長い件名がつづきます",
          "shop は、つながっていません。\n.\n\"次\"",
          true,
          true);

  private Sentence byMail(String trusted, Mail mail) {
    return post(trusted).send(NOTICE, Channel.MAIL, config(mail, null), "shop", PLAIN);
  }

  private Sentence byHook(String trusted, Webhook hook) {
    return post(trusted).send(NOTICE, Channel.WEBHOOK, config(null, hook), "shop", PLAIN);
  }

  private static void isTheNotice(String mail) {
    String[] parts = mail.split("\n\n", 2);
    assertTrue(parts[0].contains("To: owner@shop.example"), mail);
    assertTrue(parts[0].contains("From: box@shop.example"), mail);
    assertTrue(parts[0].contains("Auto-Submitted: auto-generated"), mail);
    assertTrue(parts[0].contains("+0000") || parts[0].matches("(?s).*Date: .* [+-]\\d{4}.*"), mail);
    String subject = parts[0].replaceAll("(?s).*Subject: (.*?)\nDate:.*", "$1");
    StringBuilder read = new StringBuilder();
    for (String word : subject.split("\n ", -1)) {
      assertTrue(word.length() <= 75, word);
      read.append(
          new String(
              Base64.getDecoder().decode(word.replaceAll("=\\?UTF-8\\?B\\?(.*)\\?=", "$1")),
              UTF_8));
    }
    assertEquals(NOTICE.subject(), read.toString());
    assertEquals(
        NOTICE.text().replace("\n", "\r\n") + "\r\n",
        new String(Base64.getMimeDecoder().decode(parts[1]), UTF_8));
  }

  @Test
  void aMailGoesOutInTheClearWhereThatIsAskedFor() throws IOException {
    try (MailCatcher server = new MailCatcher(How.PLAIN, null, null)) {
      assertNull(byMail("here", mail(server.port(), Security.NONE, null)));
      assertEquals(1, server.mails().size());
      isTheNotice(server.mails().getFirst());
      assertTrue(server.heard().contains("MAIL FROM:<box@shop.example>"), "" + server.heard());
      assertTrue(server.heard().contains("RCPT TO:<owner@shop.example>"), "" + server.heard());
    }
  }

  @Test
  void aMailGoesOutOverTlsWithAPassword() throws IOException {
    for (How how : Set.of(How.TLS, How.STARTTLS)) {
      Security security = how == How.TLS ? Security.TLS : Security.STARTTLS;
      try (MailCatcher server = new MailCatcher(how, tls, PASSWORD)) {
        assertNull(byMail("here", mail(server.port(), security, PASSWORD)), how.name());
        assertEquals(1, server.mails().size(), how.name());
        isTheNotice(server.mails().getFirst());
      }
    }
  }

  @Test
  void aWrongPasswordIsCalledSo() throws IOException {
    try (MailCatcher server = new MailCatcher(How.TLS, tls, PASSWORD)) {
      Sentence why = byMail("here", mail(server.port(), Security.TLS, "other word"));
      assertEquals(
          "The mail server 127.0.0.1:%d does not take this user and password. It says: %s"
              .formatted(server.port(), "535 5.7.8 no such user and password here"),
          why.toString());
    }
  }

  @Test
  void aRefusalComesWithTheServersWords() throws IOException {
    try (MailCatcher server = new MailCatcher(How.PLAIN, null, null)) {
      server.refuses("550 5.1.1 nobody of this name");
      Sentence why = byMail("here", mail(server.port(), Security.NONE, null));
      assertTrue(why.toString().endsWith("It says: 550 5.1.1 nobody of this name"), "" + why);
      assertEquals(List.of(), server.mails());
    }
  }

  @Test
  void whoIsNotTrustedGetsNothing() throws IOException {
    try (MailCatcher server = new MailCatcher(How.TLS, tls, PASSWORD);
        MailCatcher other = new MailCatcher(How.TLS, elsewhere, PASSWORD)) {
      Sentence unknown = byMail("elsewhere", mail(server.port(), Security.TLS, PASSWORD));
      assertEquals("notice.certificate", unknown.key(), unknown.toString());
      Sentence name = byMail("elsewhere", mail(other.port(), Security.TLS, PASSWORD));
      assertEquals("notice.certificate", name.key(), name.toString());
      assertEquals(List.of(), server.mails());
      assertFalse((server.heard() + "" + other.heard()).contains("AUTH"));
    }
  }

  /** Who has TLS taken out of what a server offers gets no mail either. */
  @Test
  void withoutTheEncryptionThatIsWantedNothingIsSent() throws IOException {
    try (MailCatcher server = new MailCatcher(How.PLAIN, null, null)) {
      Sentence why = byMail("here", mail(server.port(), Security.STARTTLS, null));
      assertEquals("notice.no-tls", why.key(), why.toString());
      assertEquals(List.of(), server.mails());
    }
  }

  @Test
  void nobodyThereIsCalledSo() throws IOException {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    assertEquals(
        "Nobody listens at 127.0.0.1:" + port + ": look at the port.",
        byMail("here", mail(port, Security.NONE, null)).toString());
    Mail named = new Mail("o@x.example", null, "mail.example", 25, Security.NONE, null, null);
    Sentence why = byMail("here", named);
    assertEquals("names.no-server", why.key(), why.toString());
  }

  private static Webhook hook(boolean secure, int port, String token) {
    return new Webhook(
        new WebAddress(secure, new HostPort("127.0.0.1", port), "/a/b?c=%20d&e=f"), token);
  }

  private static void isTheNotice(Post post, int port, String token) {
    assertEquals("POST", post.method());
    assertEquals("/a/b?c=%20d&e=f", post.path());
    assertEquals("127.0.0.1:" + port, post.host());
    assertEquals(token == null ? null : "Bearer " + token, post.token());
    JsonObject body = JsonParser.parseString(post.body()).getAsJsonObject();
    assertEquals("shop", body.get("shop").getAsString());
    assertEquals("down", body.get("event").getAsString());
    assertEquals("4-2", body.get("finding").getAsString());
    assertEquals(NOTICE.subject(), body.get("subject").getAsString());
    assertEquals(NOTICE.text(), body.get("text").getAsString());
    assertEquals("2027-03-01T03:00:00Z", body.get("at").getAsString());
  }

  @Test
  void aWebhookIsPostedTo() throws IOException {
    for (boolean secure : new boolean[] {false, true}) {
      try (HookCatcher server = new HookCatcher(secure ? tls : null)) {
        String token = secure ? "komorebi-4711==" : null;
        assertNull(byHook("here", hook(secure, server.port(), token)), "secure " + secure);
        assertEquals(1, server.posts().size());
        isTheNotice(server.posts().getFirst(), server.port(), token);
      }
    }
  }

  @Test
  void aWebhookThatRefusesOrLeadsAwayIsCalledSo() throws IOException {
    for (boolean secure : new boolean[] {false, true}) {
      for (int status : new int[] {302, 403, 500}) {
        try (HookCatcher server = new HookCatcher(secure ? tls : null)) {
          server.answers(status);
          Sentence why = byHook("here", hook(secure, server.port(), null));
          assertEquals("notice.web-says", why.key(), why.toString());
          assertTrue(why.toString().contains("It says: " + status), why.toString());
          assertEquals(1, server.posts().size(), "it is not tried twice");
        }
      }
    }
  }

  @Test
  void aWebhookThatIsNotTrustedGetsNothing() throws IOException {
    try (HookCatcher server = new HookCatcher(tls);
        HookCatcher other = new HookCatcher(elsewhere)) {
      Sentence unknown = byHook("elsewhere", hook(true, server.port(), "x"));
      assertEquals("notice.certificate-web", unknown.key(), unknown.toString());
      Sentence name = byHook("elsewhere", hook(true, other.port(), "x"));
      assertEquals("notice.certificate-web", name.key(), name.toString());
      assertEquals(List.of(), server.posts());
      assertEquals(List.of(), other.posts());
    }
  }

  /** What a way leads to may be no mail server: then the next is tried. */
  @Test
  void theNextWayIsTakenWhereTheFirstOneLeadsNowhere() throws IOException {
    try (MailCatcher server = new MailCatcher(How.PLAIN, null, null)) {
      // IPv4 addresses alone lead there, and the first way has none that could be marked.
      Way none = new Way(0, null, List.of());
      Mail six = new Mail("o@x.example", null, "::1", 25, Security.NONE, null, null);
      assertEquals(
          "outlet.no-way",
          post("here").send(NOTICE, Channel.MAIL, config(six, null), "shop", List.of(none)).key());
      assertNull(
          post("here")
              .send(
                  NOTICE,
                  Channel.MAIL,
                  config(mail(server.port(), Security.NONE, null), null),
                  "shop",
                  List.of(none, new Way(0, 0, List.of()))));
    }
  }
}
