package dev.noren.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.DocumentFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was written down in English is said in the language of who reads it. */
class PastTest {
  private static final Path SOURCES = Path.of("src/main/java");

  /** Where something is written down: its arguments are looked at. */
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?:[hH]appenings\\.(?:configured|router|device|opened|refused|signedIn)|happened\\.by"
              + "|\\.happened|journal\\.signedIn|log\\.accept|steps\\s*\\.settle"
              + "|\\.live\\(\\)\\s*\\.settle|new Told)\\(");

  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import of hq.conf: tunnels[0] (hq)|hq.confの読み込み（専用の通り道「hq」）",
        "import of hq.conf: tunnels[0]|hq.confの読み込み（専用の通り道）",
        "import of a backup|バックアップの読み込み",
        "rollback to 3: lan.dhcp.on, wan[0].password|3番の設定に戻しました（アドレスの自動割り当て（DHCP）、回線のパスワード）",
        "saved as number 8: name, role, ports.wan, and 29 more"
            + "|8番として保存しました: 本体の名前、本体の役割、インターネット側のポート、ほか29件",
        "saved as number 8: nothing|8番として保存しました: 変更なし",
        "undone, as nobody confirmed it for 90 s: forms[0].devices[2] (Sato, phone)"
            + "|90秒のあいだに決めた人がいないので、元に戻しました: 端末「Sato, phone」",
        "forms[0] (remote)|利用形態「外からお店に入る（リモートアクセスVPN）」",
        "tries, until it is confirmed: access.people[1] (花子), access.rules[0] (a), dns.upstream"
            + "|変更を試し始めました: 人「花子」、ルール「a」、問い合わせ先のネームサーバー",
        "lan.address, confirmed by owner (page, from 10.0.0.5)"
            + "|お店のネットワークのアドレス（決めた人: 店主（ページ、10.0.0.5から））",
        "shops: paired with Ueno|shops: Uenoとつながりました",
        "has the address 10.0.0.7|アドレス10.0.0.7を使い始めました",
        "did not sign in: the code is wrong or was used before; too many attempts, none is looked"
            + " at for 30 s|サインインできませんでした。コードが違うか、もう使われています。回数が多すぎるので、30秒間は受け付けません",
        "tcp 198.51.100.7:443 through hq, 3 times; udp 192.0.2.1:53 by eth0; and 4 more"
            + "|198.51.100.7:443へ（tcp、通り道 hq）（3回）、192.0.2.1:53へ（udp、回線 eth0）、ほか4件",
        "kept from leaving outside hq: 5 packets|hqの外に漏れるのを止めた通信: 5個のパケット",
      })
  void whatHappenedIsSaidInJapanese(String written, String said) {
    assertEquals(said, Past.what(written).in(Language.JAPANESE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "owner (page, from 10.0.0.5)|店主（ページ、10.0.0.5から）",
        "technician (page, from fe80::1)|業者（ページ、fe80::1から）",
        "root (local)|root（本体の中から）",
        "root (local): akira, ssh from 192.0.2.9|root（本体の中から）: akira, ssh from 192.0.2.9",
        "pairing|お店どうしの手続き",
        "-|本体",
        "02:00:00:00:00:07 (tablet)|02:00:00:00:00:07 (tablet)",
      })
  void whoeverDidItIsSaidInJapanese(String written, String said) {
    assertEquals(said, Past.who(written).in(Language.JAPANESE));
  }

  /** Also what a version before has written, and what was cut off. */
  @ParameterizedTest
  @CsvSource({"of some time ago", "'undone, as nobody con'", "Haru's, and more", "'a, b'", "''"})
  void whatNoRowHasMadeIsSaidAsItWasWritten(String written) {
    assertEquals(written, Past.what(written).in(Language.JAPANESE));
    assertEquals(written, Past.who(written).in(Language.JAPANESE));
  }

  /** Each row is found again by what it makes, and in what it makes of another. */
  @Test
  void everyRowIsFoundAgain() {
    Words.of(Language.ENGLISH)
        .texts()
        .forEach(
            (key, text) -> {
              boolean who = key.startsWith(Past.WHO);
              if (!who && !key.startsWith(Past.WHAT)) {
                return;
              }
              boolean flow = key.matches("past\\.(through|by-line)");
              Object[] arguments = {flow ? "tcp" : "Ueno", "7", "x"};
              String written = Past.words(key, arguments);
              Sentence read = who ? Past.who(written) : Past.what(written);
              assertEquals(key, read.key(), written);
              String japanese = read.in(Language.JAPANESE);
              assertEquals(Sentence.of(key, arguments).in(Language.JAPANESE), japanese);
              assertFalse(japanese.matches(".*\\{\\d}.*"), japanese);
            });
  }

  /** Nothing is written down but by a row, so that everything can be said in every language. */
  @Test
  void everythingThatIsWrittenDownIsMadeByARow() throws IOException {
    TreeSet<String> others = new TreeSet<>();
    int found = 0;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        String code = Files.readString(file);
        Matcher written = WRITTEN.matcher(code);
        while (written.find()) {
          found++;
          String arguments = inParentheses(code, written.end());
          Matcher literals = LITERAL.matcher(arguments);
          while (literals.find()) {
            String literal = literals.group(1);
            if (!literal.startsWith(Past.WHAT)
                && !literal.startsWith(Past.WHO)
                && !literal.equals("-")) {
              others.add(file.getFileName() + ": " + literal);
            }
          }
        }
      }
    }
    assertEquals(new TreeSet<>(), others);
    assertTrue(found > 30, found + " places were seen");
  }

  private static String inParentheses(String code, int from) {
    int depth = 1;
    int at = from;
    while (depth > 0) {
      depth += code.charAt(at) == '(' ? 1 : code.charAt(at) == ')' ? -1 : 0;
      at++;
    }
    return code.substring(from, at);
  }

  /** What a shop's owner reads of a change is no path. */
  @Test
  void everyFieldOfTheDocumentHasWords() {
    List<String> without = new ArrayList<>();
    for (String path : DocumentFields.all()) {
      if (FieldWords.of(path).key() == null) {
        without.add(path);
      }
    }
    assertEquals(List.of(), without);
    assertNull(FieldWords.of("no.such").key());
    Map<String, String> rows = Words.of(Language.ENGLISH).texts();
    TreeSet<String> unused = new TreeSet<>(rows.keySet());
    unused.removeIf(key -> !key.startsWith("field."));
    DocumentFields.all().forEach(path -> unused.remove(FieldWords.of(path).key()));
    assertEquals(new TreeSet<>(), unused);
  }
}
