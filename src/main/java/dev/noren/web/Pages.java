package dev.noren.web;

import dev.noren.config.ConfigStore.Loaded;
import dev.noren.config.RouterConfig;
import dev.noren.doctor.Symptom;
import dev.noren.text.Sentence;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The pages, each made of a template and of what the API would answer. */
final class Pages {
  private final Templates templates = new Templates();
  private final Assets assets = new Assets();
  private final PageContents.Parts parts;
  private final PageContents contents;

  Pages(PageContents.Parts parts) {
    this.parts = parts;
    this.contents = new PageContents(parts);
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
        new Route("GET", "/notices", Whom.OWNER, this::notices),
        new Route("GET", "/start", Whom.OWNER, this::start),
        new Route("GET", "/hub", Whom.OWNER, this::hub),
        new Route("GET", "/claim", Whom.ANYBODY, this::claim),
        new Route("GET", "/login", Whom.ANYBODY, this::login),
        assets.route());
  }

  private Reply render(Call call, String name, Sentence title, Map<String, Object> more) {
    return render(call, name, title, "", false, more);
  }

  /** What a page shows of a document. */
  private interface Showing {
    Map<String, Object> of(RouterConfig config) throws IOException;
  }

  /** A page that shows the document which the router follows. */
  private Reply render(Call call, String name, Sentence title, Showing showing) throws IOException {
    Loaded loaded = loaded();
    return render(call, name, title, loaded, showing.of(loaded.followed().config()));
  }

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
            parts.box().get(),
            query,
            trial,
            assets);
    return Reply.html(templates.render(page, more));
  }

  private Reply home(Call call) throws IOException {
    return render(call, "home", Sentence.of("page.home"), loaded(), contents.home());
  }

  private Reply devices(Call call) throws IOException {
    return render(call, "devices", Sentence.of("page.devices"), contents::devices);
  }

  private Reply device(Call call) throws IOException {
    Loaded loaded = loaded();
    Map<String, Object> device;
    try {
      device = contents.device(loaded.followed().config(), call.variable("name"));
    } catch (IllegalArgumentException e) {
      // It has another name by now, or is gone.
      return Reply.redirect("/devices");
    }
    return render(call, "device", Sentence.of("page.device"), loaded, device);
  }

  private Reply shops(Call call) throws IOException {
    return render(call, "shops", Sentence.of("page.shops"), contents::shops);
  }

  private Reply tunnels(Call call) throws IOException {
    return render(call, "tunnels", Sentence.of("page.tunnels"), loaded(), contents.tunnels());
  }

  private Reply check(Call call) throws IOException {
    return render(
        call, "check", Sentence.of("page.check"), config -> contents.check(config, call.source()));
  }

  private Reply care(Call call) throws IOException {
    Symptom symptom = Symptom.of(call.query("symptom"));
    Loaded loaded = loaded();
    return render(
        call,
        "care",
        Sentence.of("page.care"),
        symptom == null ? "" : "symptom=" + symptom.key() + "&",
        loaded.trial() != null,
        contents.care(loaded.followed().config(), symptom));
  }

  private Reply notices(Call call) throws IOException {
    return render(call, "notices", Sentence.of("notices.title"), contents::notices);
  }

  private Loaded loaded() throws IOException {
    return parts.edits().loaded();
  }

  private Reply start(Call call) throws IOException {
    StartPages.Screen screen =
        StartPages.of(call::query, parts.edits().config(), parts.feed().look().status());
    return render(call, screen.template(), screen.title(), screen.query(), false, screen.shown());
  }

  private Reply hub(Call call) throws IOException {
    return render(call, "hub", Sentence.of("hub.title"), contents.hub(parts.edits().config()));
  }

  private Reply claim(Call call) {
    return parts.access().isClaimed()
        ? Reply.redirect("/login")
        : render(call, "claim", Sentence.of("page.claim"), Map.of("also", also(call)));
  }

  /** Where the page is besides, for who writes it down; none while the router does not answer. */
  private List<String> also(Call call) {
    try {
      String here = call.origin() + "/";
      return parts.feed().place().urls().stream().filter(url -> !url.equals(here)).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private Reply login(Call call) {
    if (!parts.access().isClaimed()) {
      return Reply.redirect("/claim");
    }
    return call.session() == null
        ? render(
            call,
            "login",
            Sentence.of("page.login"),
            Map.of(
                "secondFactor",
                parts.access().hasSecondFactor(),
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
    return call.isSecure() || parts.certificates().certificate() == null
        ? ""
        // The cookie that says which language stays behind.
        : "https://%s/login?language=%s"
            .formatted(Hosts.withoutPort(call.header("Host")), call.language().code());
  }

  /** While the router does not answer, nobody is. */
  private boolean isVisitor(Call call) {
    try {
      return VisitApi.isVisitor(parts.feed(), call);
    } catch (IOException e) {
      return false;
    }
  }
}
