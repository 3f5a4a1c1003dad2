package dev.noren.text;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.status.Lamp;
import dev.noren.status.SignalFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The words of all languages fit each other, and the code. */
class WordsTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path TEMPLATES = Path.of("src/main/jte");
  private static final Pattern PLACE = Pattern.compile("\\{\\d\\}");
  private static final Pattern LITERAL =
      Pattern.compile("\"([^\"\\\\\n]*(?:\\\\.[^\"\\\\\n]*)*)\"");

  /** Where a key stands in the code as the first argument. */
  private static final Pattern SAID =
      Pattern.compile(
          "(?:Sentence\\.of|Past\\.words|new Refused|new Failed|Editing\\.none|page\\.say)\\(");

  /** What looks like a key in a template, whose quotes are those of HTML too. */
  private static final Pattern TEMPLATE = Pattern.compile("\"([a-z]+\\.[a-z0-9.-]+)\"");

  private static final Pattern HINT =
      Pattern.compile("\"((?:hint|label|head|shown|time|way|pair|counter)\\.[a-z-]+)\"");

  /** Whose keys are those of the table of signals, and made from them. */
  private static final Pattern OF_THE_TABLE = Pattern.compile("(signal|rhythm|colour)\\..+");

  /** Whose keys are those of the wizard's table, which has a test of its own for them. */
  private static final Pattern OF_ADVICE = Pattern.compile("advice\\..+");

  /** Whose keys are the fields of the document; PastTest looks at them. */
  private static final Pattern OF_FIELDS = Pattern.compile("field\\..+");

  /** A command of this program or of the system, or an option of one. */
  private static final Pattern COMMAND =
      Pattern.compile("\\bnoren [a-z]|(?<![\\w-])--[a-z]|apt-get|\\bchown\\b");

  /** What has a command and is said by other rooms, but only on a command line. */
  private static final Set<String> OF_COMMANDS =
      Set.of(
          // The state folder and what is in it, before there is a router with a page.
          "store.none-good",
          "disk.not-readable",
          "setup-code.none",
          "router.not-running",
          // What a document or a wg-quick file lacks that somebody has written by hand.
          "hint.peer-key",
          "hint.genkey",
          "hint.pairing");

  /** Whose keys are made of the doctor's findings, which have a test of their own for them. */
  private static final Pattern OF_FINDINGS = Pattern.compile("finding\\..+");

  /** Used by the room itself. */
  private static final Set<String> OF_THE_ROOM = Set.of("list.separator");

  /** The program and the templates of its pages. */
  private static String code() throws IOException {
    return all(SOURCES, ".java") + "\n" + all(TEMPLATES, ".jte");
  }

  private static String all(Path folder, String end) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<String> texts = new ArrayList<>();
      for (Path file : files.filter(each -> each.toString().endsWith(end)).toList()) {
        texts.add(Files.readString(file));
      }
      return String.join("\n", texts);
    }
  }

  /** What stands between an opening parenthesis and the first comma or end of its arguments. */
  private static String firstArgument(String code, int from) {
    int depth = 0;
    int at = from;
    boolean quoted = false;
    while (quoted || depth > 0 || ",)".indexOf(code.charAt(at)) < 0) {
      char c = code.charAt(at);
      if (c == '"' && code.charAt(at - 1) != '\\') {
        quoted = !quoted;
      } else if (!quoted) {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      }
      at++;
    }
    return code.substring(from, at);
  }

  private static Set<String> literals(String code) {
    return LITERAL.matcher(code).results().map(found -> found.group(1)).collect(Collectors.toSet());
  }

  private static List<String> places(String text) {
    return PLACE.matcher(text).results().map(found -> found.group()).distinct().sorted().toList();
  }

  @Test
  void allLanguagesHaveTheSameKeysInTheSameOrder() {
    assertEquals(
        List.copyOf(Words.of(Language.ENGLISH).texts().keySet()),
        List.copyOf(Words.of(Language.JAPANESE).texts().keySet()));
    assertTrue(Words.of(Language.ENGLISH).texts().size() > 300, "the rows are there");
  }

  @Test
  void whatGoesIntoASentenceGoesIntoItInAllLanguages() {
    Map<String, String> japanese = Words.of(Language.JAPANESE).texts();
    assertAll(
        Words.of(Language.ENGLISH).texts().entrySet().stream()
            .map(
                row ->
                    () ->
                        assertEquals(
                            places(row.getValue()),
                            places(japanese.get(row.getKey())),
                            row.getKey())));
  }

  @Test
  void everyKeyOfTheCodeIsThere() throws IOException {
    String code = code();
    Set<String> missing = new TreeSet<>();
    Matcher said = SAID.matcher(code);
    int found = 0;
    while (said.find()) {
      String argument = firstArgument(code, said.end());
      // A key may hang on a condition, which may compare texts.
      for (String literal : literals(argument.substring(argument.lastIndexOf('?') + 1))) {
        found++;
        missing.add(literal);
      }
    }
    HINT.matcher(code).results().forEach(hint -> missing.add(hint.group(1)));
    missing.removeAll(Words.of(Language.ENGLISH).texts().keySet());
    assertEquals(Set.of(), missing);
    assertTrue(found > 300, found + " keys were seen in the code");
  }

  @Test
  void noKeyIsThereForNothing() throws IOException {
    Set<String> unused = new TreeSet<>(Words.of(Language.ENGLISH).texts().keySet());
    unused.removeAll(literals(code()));
    TEMPLATE.matcher(all(TEMPLATES, ".jte")).results().forEach(key -> unused.remove(key.group(1)));
    unused.removeAll(OF_THE_ROOM);
    unused.removeIf(OF_THE_TABLE.asMatchPredicate());
    unused.removeIf(OF_ADVICE.asMatchPredicate());
    unused.removeIf(OF_FIELDS.asMatchPredicate());
    unused.removeIf(OF_FINDINGS.asMatchPredicate());
    assertEquals(Set.of(), unused);
  }

  /** What a page says can be done on the page: nobody there has a command line. */
  @Test
  void whatAPageCanShowNamesNoCommand() throws IOException {
    String pages = beside("cli");
    Set<String> typed = new TreeSet<>();
    Set<String> seen = new TreeSet<>();
    for (Language language : Language.values()) {
      Words.of(language)
          .texts()
          .forEach(
              (key, text) -> {
                if (pages.contains('"' + key + '"') && COMMAND.matcher(text).find()) {
                  (OF_COMMANDS.contains(key) ? seen : typed).add(key);
                }
              });
    }
    assertEquals(Set.of(), typed);
    assertEquals(OF_COMMANDS, seen, "each of these has a command, and no page shows it");
  }

  /** The program without the room of the command line, and the templates of its pages. */
  private static String beside(String room) throws IOException {
    StringBuilder code = new StringBuilder(all(TEMPLATES, ".jte"));
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        if (!file.getParent().endsWith(room)) {
          code.append(Files.readString(file));
        }
      }
    }
    return code.toString();
  }

  @Test
  void allThatLightsSayHasWordsAndNothingElse() {
    Set<String> expected = new TreeSet<>();
    SignalFile.TABLE.all().forEach(signal -> expected.add("signal." + signal.key()));
    SignalFile.TABLE.rhythms().forEach(rhythm -> expected.add("rhythm." + rhythm.name()));
    for (Lamp.Colour colour : Lamp.Colour.values()) {
      expected.add("colour." + colour.name().toLowerCase(Locale.ROOT));
    }
    Set<String> found = new TreeSet<>(Words.of(Language.ENGLISH).texts().keySet());
    found.removeIf(OF_THE_TABLE.asMatchPredicate().negate());
    assertEquals(expected, found);
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void rowsHaveNoSpacesAroundThem(Language language) {
    Words.of(language)
        .texts()
        .forEach(
            (key, text) -> {
              assertFalse(text.isBlank(), key);
              if (!OF_THE_ROOM.contains(key)) {
                assertEquals(text.strip(), text, key);
              }
            });
  }

  /** Japanese sentences end as they do in Japanese, and digits are narrow. */
  @Test
  void japaneseLooksAsItShould() {
    Words.of(Language.JAPANESE)
        .texts()
        .forEach(
            (key, text) -> {
              assertFalse(text.matches("(?s).*[０-９].*"), key + " has wide digits");
              assertFalse(text.contains("下さい"), key + ": ください");
              assertFalse(text.matches("(?s).*[。、][ ].*"), key + " has a space behind a stop");
            });
  }

  @Test
  void theSameKeyTwiceIsRefused() {
    assertThrows(IllegalStateException.class, () -> Words.parsed("a=1\nb=2\na=3\n"));
    assertEquals(Map.of("a", "1=2", "b", ""), Words.parsed("# x=y\n\na=1=2\nb=\n"));
  }

  @Test
  void argumentsAreSaidInTheSameLanguage() {
    Sentence inner = Sentence.of("number.whole", 1, 9);
    Sentence whole = Sentence.of("number.other", Sentence.of("value.quoted", "{0}x"), inner);
    assertEquals("\"{0}x\" is not a whole number from 1 to 9", whole.toString());
    assertEquals("「{0}x」は使えません。1から9までの整数を入れてください。", whole.in(Language.JAPANESE));
    Sentence list = Sentence.of("word.none", "a", List.of("b", inner));
    assertEquals("a is none of b, a whole number from 1 to 9", list.toString());
    assertEquals("aは使えません。b、1から9までの整数のどれかを入れてください。", list.in(Language.JAPANESE));
  }

  @Test
  void plainWordsAndUnknownKeysAreWhatTheyAre() {
    assertEquals("{0} stays", Sentence.plain("{0} stays").in(Language.JAPANESE));
    assertEquals("no.such", Sentence.of("no.such", "x").in(Language.JAPANESE));
    assertEquals("null", Sentence.of("value.because", null, "x").arguments().getFirst());
    Sentence lines = Sentence.lines(List.of(Sentence.of("file.document"), Sentence.plain("x")));
    assertEquals("the router's document\nx", lines.toString());
    assertEquals("ルーターの設定\nx", lines.in(Language.JAPANESE));
  }

  @Test
  void exceptionsSayTheirSentence() {
    Refused refused = new Refused("number.range", 70000, 0, 65535);
    assertEquals("70000 is not a number from 0 to 65535", refused.getMessage());
    assertEquals(refused.sentence(), Sentence.of(refused));
    Failed failed = new Failed(Sentence.of("router.ending"), refused);
    assertEquals("the router is ending", failed.getMessage());
    assertEquals("ルーターを終了しているところです。少し待って、もう一度お試しください。", Sentence.of(failed).in(Language.JAPANESE));
    assertEquals(refused, failed.getCause());
  }

  @Test
  void otherExceptionsSayWhatTheyAre() {
    assertEquals("why", Sentence.of(new IOException("why")).in(Language.JAPANESE));
    assertEquals("IOException", Sentence.of(new IOException()).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "ja_JP.UTF-8,,,JAPANESE",
    ",ja,,JAPANESE",
    ",,ja_JP.eucJP,JAPANESE",
    "C,ja_JP.UTF-8,ja_JP.UTF-8,ENGLISH",
    "de_DE.UTF-8,,,ENGLISH",
    ",,C.UTF-8,ENGLISH",
    ",,jam,ENGLISH",
    ",,,ENGLISH",
  })
  void theEnvironmentSaysTheLanguage(String all, String messages, String lang, Language language) {
    Map<String, String> environment =
        Map.of("LC_ALL", text(all), "LC_MESSAGES", text(messages), "LANG", text(lang));
    assertEquals(language, Language.ofEnvironment(environment));
    assertEquals(Language.ENGLISH, Language.ofEnvironment(Map.of()));
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }

  @Test
  void aLanguageHasACode() {
    assertEquals(Language.JAPANESE, Language.of("ja"));
    assertNull(Language.of("JA"));
    assertNull(Language.of(null));
    assertEquals(Language.ENGLISH, Language.orEnglish("xx"));
  }
}
