package dev.noren.web;

import dev.noren.access.OwnerAccess;
import dev.noren.config.ConfigStore.Loaded;
import dev.noren.config.Form;
import dev.noren.config.Form.Kind;
import dev.noren.config.RouterConfig;
import dev.noren.config.Shop;
import dev.noren.config.TunnelName;
import dev.noren.control.CertificateDesk;
import dev.noren.control.Operations;
import dev.noren.control.VisitDesk;
import dev.noren.net.Cidr;
import dev.noren.status.RouterStatus;
import dev.noren.text.Sentence;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The pages, each made of a template and of what the API would answer. */
final class Pages {
  private static final int LOG_LINES = 50;

  private final Templates templates = new Templates();
  private final Assets assets = new Assets();
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

  Pages(Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/", Whom.OWNER, this::home),
        new Route("GET", "/devices", Whom.OWNER, this::devices),
        new Route("GET", "/devices/{name}", Whom.OWNER, this::device),
        new Route("GET", "/shops", Whom.OWNER, this::shops),
        new Route("GET", "/tunnels", Whom.OWNER, this::tunnels),
        new Route("GET", "/check", Whom.OWNER, this::check),
        new Route("GET", "/care", Whom.OWNER, this::care),
        new Route("GET", "/start", Whom.OWNER, this::start),
        new Route("GET", "/hub", Whom.OWNER, this::hub),
        new Route("GET", "/claim", Whom.ANYBODY, this::claim),
        new Route("GET", "/login", Whom.ANYBODY, this::login),
        assets.route());
  }

  private Reply render(Call call, String name, Sentence title, Map<String, Object> more) {
    return render(call, name, title, "", false, more);
  }

  /** A page that shows the document which the router follows. */
  private Reply render(
      Call call, String name, Sentence title, Loaded loaded, Map<String, Object> more) {
    return render(call, name, title, "", loaded.trial() != null, more);
  }

  private Reply render(
      Call call,
      String name,
      Sentence title,
      String query,
      boolean trial,
      Map<String, Object> more) {
    if (call.query("language") != null) {
      // The choice is kept, and the address is what it was.
      return Reply.redirect(call.path() + (query.isEmpty() ? "" : "?" + query))
          .with(SessionApi.cookie(call.language()));
    }
    Page page =
        new Page(
            name,
            title,
            call.language(),
            call.session() == null ? "" : call.session().proof(),
            parts.box.get(),
            query,
            trial,
            assets);
    return Reply.html(templates.render(page, more));
  }

  private Reply home(Call call) throws IOException {
    return render(
        call,
        "home",
        Sentence.of("page.home"),
        Map.of(
            "home",
            HomeView.of(parts.feed.look()),
            "day",
            DayView.of(parts.operations.day(), DayView.LINES)));
  }

  private Reply devices(Call call) throws IOException {
    Loaded loaded = parts.edits.loaded();
    RouterConfig config = loaded.followed().config();
    LocalDate today = LocalDate.ofInstant(parts.clock.instant(), ZoneId.systemDefault());
    return render(
        call,
        "devices",
        Sentence.of("page.devices"),
        loaded,
        Map.of(
            "devices",
            DeviceView.all(config, parts.feed.look().status(), today),
            "reached",
            ReachView.all(config, parts.feed.look().status()).stream()
                .filter(each -> !isSite(config, each.form()))
                .toList(),
            "forms",
            names(config, form -> form.kind() != Kind.SITE && form.kind() != Kind.CLOUD),
            "access",
            config.access()));
  }

  private static boolean isSite(RouterConfig config, String name) {
    return names(config, form -> form.kind() == Kind.SITE).contains(name);
  }

  private Reply device(Call call) throws IOException {
    Loaded loaded = parts.edits.loaded();
    DeviceSettings device;
    try {
      device =
          DeviceSettings.of(
              loaded.followed().config(), parts.feed.look().status(), call.variable("name"));
    } catch (IllegalArgumentException e) {
      // It has another name by now, or is gone.
      return Reply.redirect("/devices");
    }
    return render(call, "device", Sentence.of("page.device"), loaded, Map.of("device", device));
  }

  private static List<String> names(RouterConfig config, Predicate<Form> which) {
    return config.forms().stream().filter(which).map(form -> form.name().text()).toList();
  }

  private Reply shops(Call call) throws IOException {
    Loaded loaded = parts.edits.loaded();
    RouterConfig config = loaded.followed().config();
    Feed.Look look = parts.feed.look();
    List<String> forms =
        names(config, form -> form.kind() == Kind.SITE || form.kind() == Kind.ROUTER);
    return render(
        call,
        "shops",
        Sentence.of("page.shops"),
        loaded,
        Map.of(
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
                                config.form(tunnel.name()).shops().stream()
                                    .map(Shop::name)
                                    .toList()))
                .filter(tunnel -> !tunnel.ends().isEmpty())
                .toList()));
  }

  private Reply tunnels(Call call) throws IOException {
    return render(
        call,
        "tunnels",
        Sentence.of("page.tunnels"),
        parts.edits.loaded(),
        Map.of("tunnels", parts.tunnels.entries(), "forms", parts.forms.entries()));
  }

  private Reply check(Call call) throws IOException {
    LocalDate today = LocalDate.ofInstant(parts.clock.instant(), ZoneId.systemDefault());
    RouterStatus status = parts.feed.look().status();
    CheckView.Seen seen =
        new CheckView.Seen(parts.edits.config(), status, parts.access, today, version());
    return render(
        call,
        "check",
        Sentence.of("page.check"),
        Map.of(
            "checks",
            CheckView.all(seen),
            "self",
            CheckView.self(seen, call.source()),
            "day",
            today.toString()));
  }

  private Reply care(Call call) throws IOException {
    Map<String, Object> shown = new HashMap<>();
    shown.put("history", parts.changes.entries());
    shown.put("log", parts.changes.entries(null, LOG_LINES).reversed());
    shown.put("secondFactor", parts.access.hasSecondFactor());
    shown.put("visit", VisitView.of(parts.edits.config(), parts.visits.visit()));
    shown.put("home", HomeView.of(parts.feed.look()));
    shown.put("version", version());
    shown.put("pageTunnels", pageTunnels(parts.edits.config()));
    shown.put("place", parts.feed.look().status().page());
    shown.put("certificate", CertificateApi.State.of(parts.certificates.certificate()));
    shown.put("zone", ZoneId.systemDefault().getId());
    return render(call, "care", Sentence.of("page.care"), shown);
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

  private Reply start(Call call) throws IOException {
    StartPages.Screen screen =
        StartPages.of(call::query, parts.edits.config(), parts.feed.look().status());
    return render(call, screen.template(), screen.title(), screen.query(), false, screen.shown());
  }

  private Reply hub(Call call) throws IOException {
    RouterConfig config = parts.edits.config();
    Cidr lan = HubApi.lan(config, parts.feed.look().status());
    return render(
        call,
        "hub",
        Sentence.of("hub.title"),
        Map.of(
            "name",
            Place.free(config, "hub").text(),
            "lan",
            lan == null ? "" : lan.masked().toString()));
  }

  private Reply claim(Call call) {
    return parts.access.isClaimed()
        ? Reply.redirect("/login")
        : render(call, "claim", Sentence.of("page.claim"), Map.of("also", also(call)));
  }

  /** Where the page is besides, for who writes it down; none while the router does not answer. */
  private List<String> also(Call call) {
    try {
      String here = call.origin() + "/";
      return parts.feed.place().urls().stream().filter(url -> !url.equals(here)).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private Reply login(Call call) {
    if (!parts.access.isClaimed()) {
      return Reply.redirect("/claim");
    }
    return call.session() == null
        ? render(
            call,
            "login",
            Sentence.of("page.login"),
            Map.of(
                "secondFactor",
                parts.access.hasSecondFactor(),
                "visitor",
                isVisitor(call),
                "secure",
                secure(call),
                "also",
                also(call)))
        : Reply.redirect("/");
  }

  /** The same page over HTTPS for who came without it, or "" where there is none. */
  private String secure(Call call) {
    return call.isSecure() || parts.certificates.certificate() == null
        ? ""
        : "https://" + Hosts.withoutPort(call.header("Host")) + "/login";
  }

  /** While the router does not answer, nobody is. */
  private boolean isVisitor(Call call) {
    try {
      return VisitApi.isVisitor(parts.feed, call);
    } catch (IOException e) {
      return false;
    }
  }
}
