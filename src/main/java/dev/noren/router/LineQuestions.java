package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.doctor.Outside;
import dev.noren.doctor.Outside.Web;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.probe.NameQuery;
import dev.noren.probe.NoAddressException;
import dev.noren.probe.WebAnswer;
import dev.noren.probe.WebQuestion;
import dev.noren.router.Questions.Asked;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** Asks a line's name servers, and for a page that is known. For one thread. */
final class LineQuestions {
  /** How old what a page said may be while it is what it should be. */
  private static final long PAGE_NS = SECONDS.toNanos(30);

  private static final Duration NAMES = Duration.ofSeconds(1);
  private static final Duration PAGE = Duration.ofSeconds(3);
  private static final int MOST_SERVERS = 2;

  private final KnownPage page;
  private final InstantSource clock;
  private final RandomGenerator random;
  private Web web = Web.UNASKED;
  private String portal;
  private Long clockOffSeconds;
  private long pageNs;

  LineQuestions(KnownPage page, InstantSource clock, RandomGenerator random) {
    this.page = page;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Asks, which takes a few seconds where nobody answers.
   *
   * @param gatewayAnswers whether the next router answers echoes, or null where it was not asked
   */
  Outside ask(Asked asked, Boolean gatewayAnswers) {
    List<IpAddress> servers =
        asked.servers().stream().filter(each -> !each.v6()).limit(MOST_SERVERS).toList();
    Boolean namesAnswer = null;
    if (!servers.isEmpty() && (asked.page() || !asked.hosts().isEmpty())) {
      String host = asked.hosts().isEmpty() ? page.host() : asked.hosts().getFirst();
      namesAnswer = look(servers, asked.lineMark(), host) != null;
    }
    lookAtPage(servers, asked.lineMark(), asked.page() && Boolean.TRUE.equals(namesAnswer));
    return new Outside(
        asked.gateway(), gatewayAnswers, servers, namesAnswer, web, portal, clockOffSeconds);
  }

  /** A name's addresses, none where a server says so; null where no server says anything. */
  private List<IpAddress> look(List<IpAddress> servers, int mark, String host) {
    List<Endpoint> asked =
        servers.stream().map(server -> Endpoint.of(server, NameQuery.PORT)).toList();
    try {
      return new NameQuery(asked, mark, NAMES, random).ask(host).addresses();
    } catch (NoAddressException e) {
      return List.of();
    } catch (IOException e) {
      return null;
    }
  }

  private void lookAtPage(List<IpAddress> servers, int mark, boolean isAsked) {
    long nowNs = System.nanoTime();
    if (web == Web.OPEN && nowNs - pageNs < PAGE_NS && isAsked) {
      return;
    }
    web = Web.UNASKED;
    portal = null;
    clockOffSeconds = null;
    List<IpAddress> found = isAsked ? look(servers, mark, page.host()) : null;
    IpAddress server =
        found == null ? null : found.stream().filter(each -> !each.v6()).findFirst().orElse(null);
    if (server == null) {
      return;
    }
    WebAnswer answer = WebQuestion.ask(server, mark, page.host(), KnownPage.PATH, PAGE);
    web = page.judge(answer);
    pageNs = nowNs;
    if (web == Web.PORTAL) {
      portal = KnownPage.other(answer);
    } else if (web == Web.OPEN && answer.at() != null) {
      clockOffSeconds = Duration.between(answer.at(), clock.instant()).toSeconds();
    }
  }
}
