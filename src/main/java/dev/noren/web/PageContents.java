package dev.noren.web;

import dev.noren.access.OwnerAccess;
import dev.noren.config.Form;
import dev.noren.config.Form.Kind;
import dev.noren.config.RouterConfig;
import dev.noren.config.Shop;
import dev.noren.config.TunnelName;
import dev.noren.control.CertificateDesk;
import dev.noren.control.Operations;
import dev.noren.control.VisitDesk;
import dev.noren.doctor.Symptom;
import dev.noren.net.Cidr;
import dev.noren.status.RouterStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What each page of the owner's shows, by the names of its template's parameters. */
final class PageContents {
  private static final int LOG_LINES = 50;

  private final Parts parts;

  /**
   * What pages show.
   *
   * @param access who may use them
   * @param box the box's name
   * @param feed how the router is
   * @param edits the document
   * @param forms its forms
   * @param tunnels its tunnels
   * @param changes its history, and the log
   * @param operations what else is asked of the router
   * @param visits the technician who looks from elsewhere
   * @param certificates what the page is reached over HTTPS with
   * @param clock the time of day
   */
  record Parts(
      OwnerAccess access,
      Supplier<String> box,
      Feed feed,
      Edits edits,
      FormApi forms,
      TunnelApi tunnels,
      ChangeApi changes,
      Operations operations,
      VisitDesk visits,
      CertificateDesk certificates,
      InstantSource clock) {}

  PageContents(Parts parts) {
    this.parts = parts;
  }

  Map<String, Object> home() throws IOException {
    return Map.of(
        "home",
        HomeView.of(parts.feed.look()),
        "newer",
        Objects.requireNonNullElse(parts.operations.news().version(), ""),
        "day",
        DayView.of(parts.operations.day(), DayView.LINES));
  }

  Map<String, Object> devices(RouterConfig config) throws IOException {
    RouterStatus status = parts.feed.look().status();
    List<String> sites = names(config, form -> form.kind() == Kind.SITE);
    return Map.of(
        "devices",
        DeviceView.all(config, status, today()),
        "reached",
        ReachView.all(config, status).stream()
            .filter(each -> !sites.contains(each.form()))
            .toList(),
        "forms",
        names(config, form -> form.kind() != Kind.SITE && form.kind() != Kind.CLOUD),
        "access",
        config.access(),
        "choices",
        Choices.of(config, status));
  }

  /**
   * One device.
   *
   * @throws IllegalArgumentException where there is none of this name
   */
  Map<String, Object> device(RouterConfig config, String name) throws IOException {
    return Map.of("device", DeviceSettings.of(config, parts.feed.look().status(), name));
  }

  private static List<String> names(RouterConfig config, Predicate<Form> which) {
    return config.forms().stream().filter(which).map(form -> form.name().text()).toList();
  }

  Map<String, Object> shops(RouterConfig config) throws IOException {
    Feed.Look look = parts.feed.look();
    List<String> forms =
        names(config, form -> form.kind() == Kind.SITE || form.kind() == Kind.ROUTER);
    return Map.of(
        "forms",
        forms,
        "pairings",
        parts.operations.pairings(),
        "arrivals",
        Arrivals.of(config, look.status()),
        "tunnels",
        look.status().tunnels().stream()
            .filter(tunnel -> forms.contains(tunnel.name().text()))
            .map(
                tunnel ->
                    TunnelView.of(tunnel, look.echoes())
                        .withEnds(
                            config.form(tunnel.name()).shops().stream().map(Shop::name).toList()))
            .filter(tunnel -> !tunnel.ends().isEmpty())
            .toList());
  }

  Map<String, Object> tunnels() throws IOException {
    return Map.of("tunnels", parts.tunnels.entries(), "forms", parts.forms.entries());
  }

  Map<String, Object> check(RouterConfig config, InetAddress source) throws IOException {
    CheckView.Seen seen =
        new CheckView.Seen(
            config,
            parts.feed.look().status(),
            parts.access,
            today(),
            version(),
            parts.operations.news(),
            parts.changes.lastBackup());
    return Map.of(
        "checks",
        CheckView.all(seen),
        "self",
        CheckView.self(seen, source),
        "day",
        today().toString());
  }

  /**
   * How the box is cared for.
   *
   * @param symptom what somebody complains of, or null
   */
  Map<String, Object> care(RouterConfig config, Symptom symptom) throws IOException {
    Map<String, Object> shown = new HashMap<>();
    shown.put("history", parts.changes.entries());
    shown.put("log", parts.changes.happenings(null, LOG_LINES).reversed());
    shown.put("secondFactor", parts.access.hasSecondFactor());
    shown.put("visit", VisitView.of(config, parts.visits.visit()));
    shown.put("home", HomeView.of(parts.feed.look()));
    shown.put("version", version());
    shown.put("update", parts.operations.update());
    shown.put("news", parts.operations.news());
    shown.put("updating", config.update());
    shown.put("pageTunnels", pageTunnels(config));
    shown.put("place", parts.feed.look().status().page());
    shown.put("certificate", CertificateApi.State.of(parts.certificates.certificate()));
    shown.put("diagnosis", parts.operations.diagnose(symptom));
    shown.put("symptom", symptom);
    shown.put("zone", ZoneId.systemDefault().getId());
    return shown;
  }

  Map<String, Object> notices(RouterConfig config) throws IOException {
    return Map.of("notices", NoticesApi.State.of(config.notices(), parts.operations.notices()));
  }

  Map<String, Object> hub(RouterConfig config) throws IOException {
    Cidr lan = HubApi.lan(config, parts.feed.look().status());
    return Map.of(
        "name",
        Place.free(config, "hub").text(),
        "lan",
        lan == null ? "" : lan.masked().toString());
  }

  /** Each tunnel by which the page could be reached, and whether it is. */
  private static Map<String, Boolean> pageTunnels(RouterConfig config) {
    Map<String, Boolean> all = new TreeMap<>();
    List<TunnelName> open = config.access().page();
    config.tunnels().forEach(each -> all.put(each.name().text(), open.contains(each.name())));
    config.forms().forEach(each -> all.put(each.name().text(), open.contains(each.name())));
    return all;
  }

  /** What was built, or "" where it runs as it is being written. */
  private static String version() {
    String version = Pages.class.getPackage().getImplementationVersion();
    return version == null ? "" : version;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(parts.clock.instant(), ZoneId.systemDefault());
  }
}
