package dev.noren.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.config.HostPort;
import dev.noren.config.NoticesConfig;
import dev.noren.config.NoticesConfig.Mail;
import dev.noren.config.NoticesConfig.Security;
import dev.noren.config.NoticesConfig.Webhook;
import dev.noren.config.WebAddress;
import dev.noren.control.RecordJson;
import dev.noren.linux.OwnFolder;
import dev.noren.notice.MailServerWords;
import dev.noren.notice.MailServerWords.Why;
import dev.noren.notice.MailText;
import dev.noren.notice.Notice;
import dev.noren.notice.Notice.Channel;
import dev.noren.notice.WebServerWords;
import dev.noren.probe.MarkedStream;
import dev.noren.router.WaysOut.Way;
import dev.noren.services.CommandRunner;
import dev.noren.services.CommandRunner.Result;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.tinylog.Logger;

/**
 * Sends a notice by msmtp or wget, over the first way that works. What is secret goes to them in
 * files that nobody else can read and that are gone afterwards, never in an argument.
 */
final class NoticePost {
  /** In the state folder: what the programs read while one runs. */
  static final String FOLDER = "notices";

  /** All that one notice may take by one way to the owner. */
  private static final long TIME_NS = SECONDS.toNanos(40);

  /** Beside it, the programs give up by themselves. */
  private static final int PROGRAM_SECONDS = 15;

  private final CommandRunner commands;
  private final Path folder;
  private final Path trusted;
  private final WaysOut out;
  private final InstantSource clock;

  /**
   * @param trusted a file with the certificates that are trusted, or null for the machine's
   */
  NoticePost(CommandRunner commands, Path state, Path trusted, WaysOut out, InstantSource clock) {
    this.commands = commands;
    this.folder = state.resolve(FOLDER);
    this.trusted = trusted;
    this.out = out;
    this.clock = clock;
  }

  /** What a webhook is told. */
  record Told(String shop, String event, String finding, String subject, String text, Instant at) {}

  /** Deletes what a router that was killed may have left. */
  void sweep() {
    try {
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
          for (Path each : files) {
            Files.delete(each);
          }
        }
      }
    } catch (IOException e) {
      Logger.warn("{} can't be emptied: {}", folder, e.getMessage());
    }
  }

  /**
   * Sends one, which takes up to 40 seconds.
   *
   * @param ways the ways out that there are now, in turn
   * @return null where it went out, else why not
   */
  Sentence send(Notice notice, Channel channel, NoticesConfig config, String shop, List<Way> ways) {
    long untilNs = System.nanoTime() + TIME_NS;
    HostPort place =
        channel == Channel.MAIL ? config.mail().place() : config.webhook().url().place();
    Sentence why = null;
    boolean met = false;
    for (Way way : ways) {
      if (untilNs - System.nanoTime() <= 0) {
        break;
      }
      MarkedStream far;
      try {
        far = out.connect(place, way, untilNs);
      } catch (IOException e) {
        // What was found out by a way that led there says more than that another leads nowhere.
        why = met ? why : Sentence.of(e);
        continue;
      }
      Why said = by(notice, channel, config, shop, far, untilNs);
      if (said == null) {
        return null;
      }
      met = true;
      why = said.says();
      if (said.answered()) {
        break;
      }
    }
    return why == null ? Sentence.of("outlet.no-way", place.host()) : why;
  }

  private Why by(
      Notice notice,
      Channel channel,
      NoticesConfig config,
      String shop,
      MarkedStream far,
      long untilNs) {
    try (far) {
      OwnFolder.make(folder);
      return channel == Channel.MAIL
          ? mail(notice, config.mail(), shop, far, untilNs)
          : webhook(notice, config.webhook(), shop, far, untilNs);
    } catch (IOException e) {
      return new Why(Sentence.of(e), false);
    }
  }

  private Why mail(Notice notice, Mail mail, String shop, MarkedStream far, long untilNs)
      throws IOException {
    Path settings = Files.createTempFile(folder, "msmtp", null);
    try (Outlet outlet = new Outlet(mail.place(), false, far, untilNs)) {
      Files.writeString(settings, msmtp(mail, outlet.port()), UTF_8);
      String text = MailText.of(notice, mail, shop, clock.instant(), ZoneId.systemDefault());
      Result result =
          commands.tryRun(
              List.of("msmtp", "-C", settings.toString(), "--", mail.to()), text, left(untilNs));
      return result.exitCode() == 0
          ? null
          : MailServerWords.of(result.exitCode(), result.output(), mail.place().toString());
    } finally {
      Files.deleteIfExists(settings);
    }
  }

  private String msmtp(Mail mail, int port) {
    StringBuilder text = new StringBuilder("account default\nhost 127.0.0.1\n");
    text.append("port ").append(port).append('\n');
    text.append("timeout ").append(PROGRAM_SECONDS).append('\n');
    text.append("from ").append(mail.sender()).append('\n');
    if (mail.security() != Security.NONE) {
      text.append("tls on\ntls_starttls ")
          .append(mail.security() == Security.STARTTLS ? "on" : "off")
          .append("\ntls_host_override ")
          .append(mail.server())
          .append('\n');
      text.append("tls_trust_file ").append(trusted == null ? "system" : trusted).append('\n');
    }
    if (mail.user() != null) {
      // It takes one pair of quotes away, and knows no escapes.
      text.append("auth on\nuser \"").append(mail.user()).append("\"\n");
      text.append("password \"").append(mail.password()).append("\"\n");
    }
    return text.toString();
  }

  private Why webhook(Notice notice, Webhook webhook, String shop, MarkedStream far, long untilNs)
      throws IOException {
    Path settings = Files.createTempFile(folder, "wget", null);
    Path body = Files.createTempFile(folder, "body", null);
    Path url = Files.createTempFile(folder, "url", null);
    WebAddress to = webhook.url();
    try (Outlet outlet = new Outlet(to.place(), to.secure(), far, untilNs)) {
      Files.writeString(
          body,
          RecordJson.write(
                  new Told(
                      shop,
                      notice.kind().word(),
                      notice.finding(),
                      notice.subject(),
                      notice.text(),
                      notice.at()),
                  false)
              + "\n",
          UTF_8);
      String relay = "http://127.0.0.1:" + outlet.port();
      // In the clear it is the relay that is asked, which knows but one place.
      Files.writeString(url, (to.secure() ? to.toString() : relay + to.path()) + "\n", UTF_8);
      Files.writeString(settings, wget(webhook, relay, url, body), UTF_8);
      Result result = commands.tryRun(List.of("wget", "--config=" + settings), "", left(untilNs));
      return WebServerWords.of(result.exitCode(), result.output(), to.place().host());
    } finally {
      Files.deleteIfExists(settings);
      Files.deleteIfExists(body);
      Files.deleteIfExists(url);
    }
  }

  private String wget(Webhook webhook, String relay, Path url, Path body) {
    StringBuilder text = new StringBuilder();
    text.append("input = ").append(url).append('\n');
    text.append("post_file = ").append(body).append('\n');
    text.append("header = Content-Type: application/json\n");
    if (webhook.token() != null) {
      text.append("header = Authorization: Bearer ").append(webhook.token()).append('\n');
    }
    if (webhook.url().secure()) {
      text.append("use_proxy = on\nhttps_proxy = ").append(relay).append("/\n");
    } else {
      text.append("use_proxy = off\nheader = Host: ")
          .append(webhook.url().authority())
          .append('\n');
    }
    if (trusted != null) {
      text.append("ca_certificate = ").append(trusted).append('\n');
    }
    return text.append("timeout = ")
        .append(PROGRAM_SECONDS)
        .append(
            """

            tries = 1
            max_redirect = 0
            check_certificate = on
            server_response = on
            verbose = off
            output_document = /dev/null
            user_agent = Noren
            cookies = off
            netrc = off
            hsts = off
            """)
        .toString();
  }

  private static Duration left(long untilNs) {
    return Duration.ofNanos(Math.max(SECONDS.toNanos(1), untilNs - System.nanoTime()));
  }
}
