package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.access.OwnerAccess;
import dev.noren.access.SetupCode;
import dev.noren.config.ConfigException;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterEdit;
import dev.noren.config.TunnelUse.Mode;
import dev.noren.control.FakeRouter;
import dev.noren.control.NewsDesk;
import dev.noren.control.NewsDesk.News;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.status.Statuses;
import dev.noren.text.Sentence;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CheckViewTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 28);

  private static final Instant BACKUP = Instant.parse("2026-11-01T03:00:00Z");

  private final OwnerAccess access =
      new OwnerAccess(null, new SetupCode("K7MQ-2XWD"), owner -> {}, new SecureRandom());

  private static News news(NewsDesk.Doing doing, String version, Sentence failure) {
    return new News(
        doing, BACKUP, version, null, null, null, failure, Sentence.plain("nothing newer"));
  }

  private static final News NEWEST = news(NewsDesk.Doing.IDLE, null, null);

  private CheckView updates(String version, News news) {
    return checks(new CheckView.Seen(full(), Statuses.FULL, access, DAY, version, news, BACKUP))
        .get("check.updates");
  }

  @Test
  void whoRunsTheNewestVersionHasNothingToDo() {
    CheckView newest = updates("1.2.3", NEWEST);
    assertTrue(newest.good());
    assertEquals(
        "Version 1.2.3 runs, and the list of versions had no newer one on 2026-11-01.",
        newest.evidence().toString());
    Map<CheckView, String> toDo =
        Map.of(
            updates("", NEWEST), "of developers",
            updates("1.2.3", news(NewsDesk.Doing.OFF, null, null)), "no address",
            updates("1.2.3", news(NewsDesk.Doing.IDLE, "1.3.0", null)), "1.3.0",
            updates("1.2.3", news(NewsDesk.Doing.IDLE, null, Sentence.plain("no line"))),
                "no line");
    toDo.forEach(
        (check, named) -> {
          assertFalse(check.good(), named);
          assertTrue(check.evidence().toString().contains(named), check.evidence().toString());
        });
  }

  private CheckView.Seen seen(RouterConfig config, RouterStatus status) {
    return new CheckView.Seen(config, status, access, DAY, "1.2.3", NEWEST, BACKUP);
  }

  private Map<String, CheckView> checks(RouterConfig config, LocalDate day) {
    return checks(new CheckView.Seen(config, Statuses.FULL, access, day, "1.2.3", NEWEST, BACKUP));
  }

  private static Map<String, CheckView> checks(CheckView.Seen seen) {
    return CheckView.all(seen).stream()
        .collect(Collectors.toMap(each -> each.title().key(), each -> each));
  }

  private static RouterConfig full() {
    return FakeRouter.STORED.config();
  }

  private void assertToDo(String key, String named, RouterConfig config, LocalDate day) {
    CheckView check = checks(config, day).get(key);
    assertEquals(false, check.good(), key);
    assertTrue(check.evidence().toString().contains(named), check.evidence().toString());
  }

  @Test
  void aNewBoxHasItsSecondFactorToDo() {
    List<String> toDo =
        CheckView.all(seen(RouterConfig.DEFAULT, Statuses.FULL)).stream()
            .filter(each -> !each.good())
            .map(each -> each.title().key())
            .toList();
    assertEquals(List.of("check.factor", "check.problems"), toDo);
  }

  @Test
  void whatIsWideIsNamed() throws ConfigException {
    assertToDo("check.sign-in", "thin client", full(), DAY);
    RouterConfig narrow = full();
    assertToDo(
        "check.privilege",
        "everything",
        RouterEdit.setAll(
            narrow,
            Map.of(
                "access.rules[0].name", "\"everything\"",
                "access.rules[0].services", "[]",
                "access.rules[0].from", "[\"group:staff\"]",
                "access.rules[0].to", "[\"10.23.45.0/24\"]")),
        DAY);
    assertToDo("check.devices", "contractor", full(), LocalDate.of(2027, 4, 1));
    assertEquals(true, checks(full(), DAY).get("check.devices").good());
    CheckView.Seen never =
        new CheckView.Seen(full(), Statuses.FULL, access, DAY, "1.2.3", NEWEST, null);
    assertEquals("check.backup-never", checks(never).get("check.backup").evidence().key());
    assertToDo("check.backup", "2026-11-01", full(), LocalDate.of(2027, 2, 1));
    assertToDo("check.reach", "staff: Not known", full(), DAY);
    assertToDo("check.logs", "30", RouterEdit.set(full(), "log.keepDays", "30"), DAY);
  }

  @Test
  void aDeviceSeesHowItComes() throws UnknownHostException {
    CheckView.Seen seen = seen(full(), Statuses.FULL);
    assertEquals(
        List.of("check.self-lan", "check.self-full", "check.self-names", "check.self-has-6"),
        keys(CheckView.self(seen, InetAddress.getByName("192.168.77.7"))));
    InetAddress inside =
        InetAddress.getByName(
            Statuses.FULL.tunnels().getFirst().addresses().getFirst().address().toString());
    assertEquals("check.self-tunnel", CheckView.self(seen, inside).getFirst().key());
    RouterStatus bare = Statuses.with(Statuses.UNCLAIMED, List.of(), List.of());
    assertEquals(
        List.of("check.self-lan", "check.self-names", "check.self-no-6"),
        keys(
            CheckView.self(
                seen(RouterConfig.DEFAULT, bare), InetAddress.getByName("192.168.77.7"))));
  }

  private static List<String> keys(List<Sentence> said) {
    return said.stream().map(Sentence::key).toList();
  }

  @Test
  void whatGoesPastATunnelIsNamed() {
    Tunnel hq = Statuses.FULL.tunnels().getFirst();
    CheckView kept = leaks(hq);
    assertTrue(kept.good());
    assertTrue(kept.evidence().toString().contains("hq"), kept.toString());
    CheckView open = leaks(Statuses.tunnel(hq, Mode.FULL, false));
    assertFalse(open.good());
    assertEquals("check.leaks-open", open.evidence().key());
    // Of the document's own tunnel "hq" some traffic takes it, when it is no longer for all.
    RouterConfig split = config("{\"mode\": \"split\", \"domains\": [\"intra.example\"]}");
    Tunnel some = Statuses.tunnel(hq, Mode.SPLIT, false);
    assertFalse(leaks(split, List.of(), some).good());
    RouterConfig none = config("{\"mode\": \"split\"}");
    assertEquals("check.leaks-nothing", leaks(none, List.of(), some).evidence().key());
  }

  @Test
  void packetsThatDoNotFitAreToDo() {
    Sentence mtu = Sentence.of("remark.mtu", "hq", 1420, 1454, 1374);
    Tunnel hq = Statuses.FULL.tunnels().getFirst();
    CheckView check = leaks(full(), List.of(mtu), hq);
    assertFalse(check.good());
    assertTrue(check.evidence().toString().contains("1374"), check.toString());
  }

  /** What the shop's router is to be told is no trouble of this box. */
  @Test
  void whatIsToBeSetElsewhereIsNoProblem() {
    Sentence route = Sentence.of("remark.static-route", "hq", List.of("10.50.0.0/16"));
    RouterStatus status = Statuses.with(Statuses.FULL, List.of(route), Statuses.FULL.tunnels());
    assertTrue(checks(seen(full(), status)).get("check.problems").good());
  }

  private CheckView leaks(Tunnel tunnel) {
    return leaks(full(), List.of(), tunnel);
  }

  private CheckView leaks(RouterConfig config, List<Sentence> problems, Tunnel tunnel) {
    RouterStatus status = Statuses.with(Statuses.FULL, problems, List.of(tunnel));
    return checks(seen(config, status)).get("check.leaks");
  }

  private static RouterConfig config(String use) {
    try {
      return RouterEdit.set(full(), "tunnels[0].use", use);
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }
}
