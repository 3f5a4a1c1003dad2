package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.Form.Kind;
import dev.noren.control.RecordJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wizard has an answer to whatever somebody answers. */
class AdviceTableTest {
  private static final AdviceTable TABLE = AdviceTable.TABLE;
  private static final String QUESTIONS =
      "question | connect | shops people\nquestion | runs | expert\n";

  private static List<List<String>> combinations() {
    List<List<String>> all = List.of(List.of());
    for (List<String> choices : TABLE.questions().values()) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> before : all) {
        for (String choice : choices) {
          List<String> with = new ArrayList<>(before);
          with.add(choice);
          longer.add(with);
        }
      }
      all = longer;
    }
    return all;
  }

  @Test
  void theSeedsQuestionsComeInTheirOrder() {
    assertEquals(
        List.of("connect", "guard", "runs", "shops"), List.copyOf(TABLE.questions().keySet()));
  }

  @Test
  void everyCombinationHasAnAnswer() {
    Set<Kind> forms = EnumSet.noneOf(Kind.class);
    List<List<String>> all = combinations();
    assertEquals(180, all.size());
    for (List<String> answers : all) {
      Advice advice = TABLE.of(answers);
      forms.add(advice.form());
      boolean unfit = answers.contains("nobody") || answers.contains("many");
      assertTrue(!unfit || !advice.unfit().isEmpty(), answers.toString());
      assertFalse(answers.contains("cloud") && advice.form() != Kind.CLOUD, "clouds: " + answers);
    }
    assertEquals(EnumSet.allOf(Kind.class), forms, "each way of use is somebody's");
  }

  @Test
  void noRowIsThereForNothing() {
    List<List<String>> all = combinations();
    List<AdviceTable.Row> firsts = new ArrayList<>();
    for (List<String> answers : all) {
      TABLE.rows().stream()
          .filter(row -> row.kind().equals("advice") && row.isFor(answers))
          .findFirst()
          .ifPresent(firsts::add);
    }
    for (AdviceTable.Row row : TABLE.rows()) {
      assertTrue(
          row.kind().equals("advice") ? firsts.contains(row) : all.stream().anyMatch(row::isFor),
          row.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, shops office expert two, SITE, equals, '', ''",
    "2, shops office deputy few, SITE, hub, 'hub-line, deputy', ''",
    "3, shops office expert one, REMOTE, calls-in, alone, ''",
    "4, people office deputy one, REMOTE, calls-in, 'lost, deputy', ''",
    "5, people office floor few, REMOTE, calls-in, 'one-shop, lost, floor', ''",
    "6, people desk expert one, VDI, calls-in, lost, ''",
    "7, both office expert two, ROUTER, equals, lost, ''",
    "8, both office expert few, SITE, hub, 'then-people, hub-line, lost', ''",
    "9, people cloud expert one, CLOUD, provider, 'then-full, lost', ''",
    "10, shops cloud expert two, CLOUD, provider, each-shop, ''",
    "11, people office nobody one, REMOTE, calls-in, lost, nobody",
    "12, shops office floor several, SITE, hub, 'hub-line, floor', floor-several",
    "13, shops office expert many, SITE, hub, hub-line, many",
    "14, both desk expert two, VDI, calls-in, 'then-shops, lost', ''",
  })
  void someAnswers(
      int row, String answers, Kind form, String model, String cautions, String unfit) {
    Advice advice = TABLE.of(List.of(answers.split(" ", -1)));
    assertEquals(form, advice.form());
    assertEquals(model, advice.model());
    assertEquals(cautions, String.join(", ", advice.cautions()));
    assertEquals(unfit, String.join(", ", advice.unfit()));
  }

  @Test
  void allThatTheTableNamesHasWordsAndNothingElse() throws IOException {
    Set<String> keys = new TreeSet<>();
    TABLE
        .questions()
        .forEach(
            (question, choices) -> {
              keys.add("ask-" + question);
              keys.add("why-" + question);
              for (String choice : choices) {
                keys.add(question + "-" + choice);
                keys.add(question + "-help-" + choice);
              }
            });
    for (AdviceTable.Row row : TABLE.rows()) {
      if (row.kind().equals("advice")) {
        keys.add("model-" + row.says().getLast());
        keys.add("how-" + row.says().getLast());
      } else {
        keys.add(row.kind() + "-" + row.says().getFirst());
      }
    }
    for (Kind kind : Kind.values()) {
      String word = RecordJson.wordOf(kind);
      keys.add("guards-" + word);
      keys.add("misses-" + word);
      for (Advice.Part part : TABLE.picture(kind)) {
        keys.add("part-" + part.name());
        keys.add("term-" + part.name());
      }
    }
    for (String gateway : StartPages.GATEWAYS) {
      keys.add("gateway-" + gateway);
      keys.add("gateway-menu-" + gateway);
    }
    Set<String> expected =
        keys.stream().map(each -> "advice." + each).collect(Collectors.toCollection(TreeSet::new));
    // That each language has the same keys is tested with the words.
    Set<String> found =
        Files.readAllLines(Path.of("src/main/resources/words/en.properties")).stream()
            .filter(line -> line.startsWith("advice."))
            .map(line -> line.substring(0, line.indexOf('=')))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(expected, found);
  }

  /** What is dotted lies behind the last end of a tunnel, or before the first. */
  @Test
  void everyPictureHasAnEncryptedPartAndEndsOutsideOfIt() {
    for (Kind kind : Kind.values()) {
      List<Advice.Part> picture = TABLE.picture(kind);
      assertTrue(picture.stream().anyMatch(Advice.Part::encrypted), kind.toString());
      assertFalse(picture.getLast().encrypted(), kind.toString());
      assertTrue(
          picture.stream().anyMatch(part -> part.name().equals("router")), "the box: " + kind);
    }
  }

  @Test
  void anAddressSaysHowFarSomebodyIs() {
    Answers none = Answers.of(TABLE.questions(), name -> null);
    assertEquals("connect", none.next());
    assertEquals(1, none.number());
    assertEquals("", none.query());
    Answers two =
        Answers.of(
            TABLE.questions(),
            name -> name.equals("connect") ? "people" : name.equals("guard") ? "office" : null);
    assertEquals("runs", two.next());
    assertEquals("connect=people&guard=office&", two.query());
    assertEquals("connect=people&", two.before().query());
    Answers wrong =
        Answers.of(TABLE.questions(), name -> name.equals("connect") ? "<script>" : "office");
    assertEquals(none, wrong, "what is no choice is asked again, and all behind it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "advice | shops | * | site",
        "advice | * | * | nothing | hub",
        "advice | * | * | site | star",
        "advice | shops both | * | site | hub",
        "caution | *",
        "picture | site | a = b ~ c",
        "question | shops | one",
        "nonsense",
      })
  void aWrongRowIsRefusedWithItsLine(String row) {
    String text = QUESTIONS + "caution | * | * | x\n" + row + "\n";
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> AdviceTable.parse(text));
    assertTrue(refused.getMessage().startsWith("advice, line 4: "), refused.getMessage());
  }
}
