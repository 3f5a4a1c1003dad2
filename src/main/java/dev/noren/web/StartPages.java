package dev.noren.web;

import dev.noren.config.Form.Kind;
import dev.noren.config.RouterConfig;
import dev.noren.control.RecordJson;
import dev.noren.status.RouterStatus;
import dev.noren.text.Sentence;
import dev.noren.web.Advice.Part;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The wizard's screens, each from what its address says. */
final class StartPages {
  /** The home gateways whose menus are named, those that are met most first. */
  static final List<String> GATEWAYS = List.of("ntt", "buffalo", "nec", "elecom", "tp-link");

  private StartPages() {}

  /** A screen: a template, its title and what it shows. */
  record Screen(String template, Sentence title, String query, Map<String, Object> shown) {}

  /** One of several to choose from, with the address where that leads. */
  record Choice(String name, String address, Sentence title, Sentence help) {}

  /**
   * A way of use and what it is.
   *
   * @param kind which one
   * @param word the same as the API calls it
   * @param title what it is called
   * @param picture what it joins
   * @param guards what it protects from whom
   * @param misses what it does not protect
   */
  record Use(
      Kind kind,
      String word,
      Sentence title,
      List<Part> picture,
      Sentence guards,
      Sentence misses) {
    Use {
      picture = List.copyOf(picture);
    }

    static Use of(Kind kind) {
      String word = RecordJson.wordOf(kind);
      return new Use(
          kind,
          word,
          FormApi.title(kind),
          AdviceTable.TABLE.picture(kind),
          Advice.word("guards", word),
          Advice.word("misses", word));
    }

    /** Whether somebody calls in from anywhere. */
    boolean calledFromOutside() {
      return kind == Kind.REMOTE || kind == Kind.VDI || kind == Kind.ROUTER;
    }

    /** Where the next thing is done. */
    String next() {
      return switch (kind) {
        case REMOTE, VDI -> "/devices";
        case SITE, ROUTER -> "/shops";
        case CLOUD -> "/";
      };
    }
  }

  static Screen of(UnaryOperator<String> query, RouterConfig config, RouterStatus status) {
    Answers answers = Answers.of(AdviceTable.TABLE.questions(), query);
    Kind form = RecordJson.constantOf(Kind.values(), query.apply("form"));
    if (form != null) {
      return setup(
          answers,
          Use.of(form),
          Place.of(config, status, form),
          ReachView.all(config, status).stream().filter(ReachView::proved).toList());
    }
    String next = answers.next();
    return next == null ? advice(answers) : question(answers, next);
  }

  private static Screen question(Answers answers, String asked) {
    List<Choice> choices =
        answers.questions().get(asked).stream()
            .map(
                each ->
                    new Choice(
                        each,
                        "/start?" + answers.query() + asked + "=" + each,
                        Advice.word(asked, each),
                        Advice.word(asked + "-help", each)))
            .toList();
    return new Screen(
        "start",
        Advice.word("ask", asked),
        answers.query(),
        Map.of("answers", answers, "asked", asked, "choices", choices));
  }

  private static Screen advice(Answers answers) {
    Advice advice = AdviceTable.TABLE.of(List.copyOf(answers.given().values()));
    List<Choice> uses =
        List.of(Kind.values()).stream()
            .map(
                each ->
                    new Choice(
                        RecordJson.wordOf(each),
                        "/start?" + answers.query() + "form=" + RecordJson.wordOf(each),
                        FormApi.title(each),
                        Advice.word("guards", RecordJson.wordOf(each))))
            .toList();
    return new Screen(
        "advice",
        Sentence.of(advice.unfit().isEmpty() ? "start.advice" : "start.unfit"),
        answers.query(),
        Map.of("answers", answers, "advice", advice, "use", Use.of(advice.form()), "uses", uses));
  }

  private static Screen setup(Answers answers, Use use, Place place, List<ReachView> reached) {
    return new Screen(
        "setup",
        use.title(),
        answers.query() + "form=" + use.word() + "&",
        Map.of("answers", answers, "use", use, "place", place, "reached", reached));
  }
}
