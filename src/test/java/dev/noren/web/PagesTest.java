package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.StoredConfig;
import dev.noren.control.FakeRouter;
import dev.noren.doctor.Diagnoses;
import dev.noren.status.Statuses;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every page has, for who sees, hears or types otherwise, and without JavaScript. */
@Timeout(60)
class PagesTest {
  private static PageBox box;

  @BeforeAll
  static void start() throws IOException {
    box = PageBox.claimed();
  }

  @AfterAll
  static void stop() {
    box.close();
  }

  /** All pages, those before somebody has signed in too. */
  private static Map<String, Document> pages(String language) throws IOException {
    Map<String, Document> pages = new LinkedHashMap<>();
    for (String path : box.pages(Whom.OWNER)) {
      pages.put(path, box.page(path, language));
    }
    String wished = "Accept-Language: " + language;
    pages.put("/login", Jsoup.parse(box.ask(box.request("GET /login", null, wished)).body()));
    try (PageBox fresh = new PageBox()) {
      pages.put("/claim", fresh.page("/claim", language));
    }
    return pages;
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void whatIsWrongIsSaidOnTheFirstPageAndInCare(String language) throws IOException {
    assertEquals(0, box.page("/", language).select("[data-finding]").size());
    assertEquals(0, box.page("/care", language).select("[data-finding]").size());
    try (PageBox ill = PageBox.claimed()) {
      ill.router.diagnosis = Diagnoses.FAR_SILENT;
      ill.router.status = Diagnoses.SILENT_STATUS;
      assertEquals(
          List.of("4-3"),
          ill.page("/", language).select("[data-finding]").eachAttr("data-finding"));
      Document care = ill.page("/care", language);
      assertEquals(List.of("4-3", "5-7"), care.select("[data-finding]").eachAttr("data-finding"));
      assertTrue(care.selectFirst("[data-finding]").text().contains("198.51.100.7"));
      assertTrue(ill.get("/api/v1/home").body().contains("\"number\":\"4-3\""));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void whoComplainsSeesWhatWasLookedAt(String language) throws IOException {
    Document plain = box.page("/care", language);
    assertEquals(0, plain.select("[data-looked]").size());
    Document care = box.page("/care?symptom=cut", language);
    assertEquals(
        List.of("/care?symptom=cut#diagnosis"),
        care.select("[role=group] a[aria-current]").eachAttr("href"));
    assertEquals(4, care.select("a[href^=/care?symptom=]").size());
    assertTrue(care.selectFirst("details[open] [data-looked=cut] li").text().contains("eth0"));
    assertTrue(care.select("[href*=symptom=cut]").size() > 1, "the other language keeps it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void everyPageIsWhole(String language) throws IOException {
    pages(language)
        .forEach(
            (path, page) -> {
              assertEquals(language, page.selectFirst("html").attr("lang"), path);
              assertFalse(page.title().isBlank(), path + " has no title");
              assertEquals(1, page.select("h1").size(), path + " has not one h1");
              assertFalse(page.selectFirst("h1").text().isBlank(), path + "'s h1 is empty");
              assertEquals(1, page.select("main").size(), path + " has not one main");
              assertEquals("#main", page.body().selectFirst("a").attr("href"), path);
              headings(path, page);
              ids(path, page);
              page.select("input, select, textarea").forEach(each -> label(path, each));
              for (Element each : page.select("button, a, summary, th")) {
                assertFalse(each.text().isBlank(), path + " says nothing at " + each);
              }
              page.select("img").forEach(each -> assertTrue(each.hasAttr("alt"), path));
              page.select("dialog, nav, [role=region]")
                  .forEach(
                      each ->
                          assertTrue(
                              each.hasAttr("aria-label") || each.hasAttr("aria-labelledby"),
                              path + " has no name for " + each.tagName()));
            });
  }

  /** None is left out on the way down, but that a dialog begins anew. */
  private static void headings(String path, Document page) {
    int level = 0;
    for (Element each : page.select("h1, h2, h3, h4, h5, h6")) {
      int next = each.tagName().charAt(1) - '0';
      assertTrue(next <= level + 1, path + ": " + each + " comes after h" + level);
      level = next;
    }
  }

  private static void ids(String path, Document page) {
    Set<String> ids = new HashSet<>();
    for (Element each : page.select("[id]")) {
      assertTrue(ids.add(each.id()), path + " has twice " + each.id());
    }
    for (String name :
        List.of("aria-labelledby", "aria-describedby", "for", "data-opens", "data-copies")) {
      for (Element each : page.select("[" + name + "]")) {
        for (String id : each.attr(name).split(" ", -1)) {
          assertTrue(ids.contains(id), path + " has no " + id + " for " + name);
        }
      }
    }
    for (Element each : page.select("[data-result]")) {
      assertTrue(ids.contains(each.attr("data-result")), path + " has no " + each);
    }
  }

  private static void label(String path, Element input) {
    if (input.attr("type").equals("hidden")) {
      return;
    }
    Element label = input.closest("label");
    if (label == null && !input.id().isEmpty()) {
      label = input.ownerDocument().selectFirst("label[for=" + input.id() + "]");
    }
    boolean named =
        (label != null && !label.text().isBlank())
            || !input.attr("aria-label").isBlank()
            || input.hasAttr("aria-labelledby");
    assertTrue(named, path + " has no label for " + input);
  }

  /** Without JavaScript a form would send itself, and a passphrase would stand in the address. */
  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void noFormPutsSecretsIntoTheAddress(String language) throws IOException {
    pages(language)
        .forEach(
            (path, page) -> {
              for (Element form : page.select("form[data-api], form:has(input[type=password])")) {
                assertEquals("post", form.attr("method"), path + ": " + form.attributes());
              }
            });
  }

  /** The home page as its HTML has it: no script has run. */
  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void theStatusIsReadWithoutJavaScript(String code) throws IOException {
    Language language = Language.of(code);
    Document page = box.page("/", code);
    page.select("script, [hidden], dialog, [aria-hidden=true], style").remove();
    HomeView home = HomeView.of(new Feed.Look(Statuses.FULL, box.router.lights(), Statuses.ECHOES));
    assertEquals(home.says().in(language), page.selectFirst("h1").text());
    String text = page.selectFirst("main").text();
    for (Sentence problem : home.problems()) {
      assertTrue(text.contains(problem.in(language)), text);
    }
    for (PanelView panel : home.panels()) {
      assertTrue(
          text.contains(panel.title().in(language) + ": " + panel.words().in(language)), text);
    }
    for (PartView part : home.way()) {
      Element shown = page.selectFirst("li.part." + part.key());
      assertTrue(shown.text().contains(part.title().in(language)), shown::text);
      assertTrue(shown.text().contains(part.value().in(language)), shown::text);
      assertTrue(shown.text().contains(part.detail()), shown::text);
      if (part.quality() != null) {
        assertTrue(shown.text().contains(part.quality().in(language)), shown::text);
      }
    }
    for (TunnelView tunnel : home.tunnels()) {
      assertTrue(text.contains(tunnel.says().in(language)), text);
      for (TunnelView.End end : tunnel.ends()) {
        assertTrue(text.contains(end.name()), text);
        assertTrue(text.contains(end.says().in(language)), text);
      }
    }
    assertTrue(text.contains(home.received()), text);
    assertTrue(page.selectFirst("noscript").text().length() > 10, page::text);
  }

  /** As somebody who has just made it looks for it. */
  @Test
  void whatIsOnTrialIsShownAndSaidToBe() throws Exception {
    StoredConfig stored = FakeRouter.STORED;
    try {
      box.router.trial = stored;
      box.router.stored =
          new StoredConfig(
              6, stored.savedAt(), "test", "less", stored.config().withForms(List.of()));
      Document devices = box.page("/devices", "en");
      assertEquals(4, devices.select("article[data-device]").size());
      assertTrue(devices.selectFirst("#trial").text().contains("being tried"), devices::text);
      assertFalse(box.page("/shops", "en").select("select[name=form] option").isEmpty());
      box.router.trial = null;
      assertEquals(0, box.page("/devices", "en").select("article[data-device], #trial").size());
    } finally {
      box.router.stored = stored;
      box.router.trial = null;
    }
  }

  /** One that is added is to be looked at above, too. */
  @Test
  void theseAreThePagesForAnybody() {
    assertEquals(List.of("/claim", "/login"), box.pages(Whom.ANYBODY));
  }

  /** What leads from page to page is links. */
  @Test
  void onePageLeadsToAnotherWithoutJavaScript() throws IOException {
    Document page = box.page("/", "en");
    for (Element link : page.select("nav.main a, a.brand, .tools a")) {
      String path = link.attr("href");
      PageBox.Answer answer = box.get(path.startsWith("?") ? "/" + path : path);
      assertTrue(answer.status() == 200 || answer.status() == 302, path + answer.head());
    }
  }
}
