package dev.noren.web;

import dev.noren.access.OwnerAccess;
import dev.noren.text.Sentence;
import dev.noren.web.Route.Whom;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The pages, each made of a template and of what the API would answer. */
final class Pages {
  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, "dev.noren.web");
  private final Assets assets = new Assets();
  private final OwnerAccess access;
  private final Supplier<String> box;
  private final Feed feed;

  /**
   * @param box the box's name
   */
  Pages(OwnerAccess access, Supplier<String> box, Feed feed) {
    this.access = access;
    this.box = box;
    this.feed = feed;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/", Whom.OWNER, this::home),
        new Route("GET", "/claim", Whom.ANYBODY, this::claim),
        new Route("GET", "/login", Whom.ANYBODY, this::login),
        new Route("GET", "/assets/{tag}/{name}", Whom.ANYBODY, assets::answer));
  }

  private Reply render(Call call, String name, Sentence title, Map<String, Object> more) {
    if (call.query("language") != null) {
      // The choice is kept, and the address is what it was.
      return Reply.redirect(call.path()).with(SessionApi.cookie(call.language()));
    }
    Map<String, Object> parameters = new HashMap<>(more);
    parameters.put(
        "page",
        new Page(
            name,
            title,
            call.language(),
            call.session() == null ? "" : call.session().proof(),
            box.get(),
            assets));
    StringOutput text = new StringOutput();
    engine.render(name + ".jte", parameters, text);
    return Reply.html(text.toString());
  }

  private Reply home(Call call) throws IOException {
    return render(call, "home", Sentence.of("page.home"), Map.of("home", HomeView.of(feed.look())));
  }

  private Reply claim(Call call) {
    return access.isClaimed()
        ? Reply.redirect("/login")
        : render(call, "claim", Sentence.of("page.claim"), Map.of());
  }

  private Reply login(Call call) {
    if (!access.isClaimed()) {
      return Reply.redirect("/claim");
    }
    return call.session() == null
        ? render(
            call,
            "login",
            Sentence.of("page.login"),
            Map.of("secondFactor", access.hasSecondFactor()))
        : Reply.redirect("/");
  }
}
