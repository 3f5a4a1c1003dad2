package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.NorenHost;
import dev.noren.cli.Exit;
import dev.noren.cli.Terminal;
import dev.noren.control.ControlSocket;
import dev.noren.doctor.Diagnoses;
import dev.noren.net.IpAddress;
import dev.noren.protocol.Limits;
import dev.noren.status.Statuses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The command line and a router, with its socket between them: what is wrong is said in the
 * language that the caller asked for, wherever it was found, and nothing of it is done.
 */
@Timeout(60)
class LanguageTest {
  private static final Pattern HIRAGANA = Pattern.compile("\\p{IsHiragana}");

  @TempDir Path folder;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private Path state;
  private PairingBox box;
  private ControlSocket socket;
  private final Terminal terminal = new Terminal();
  private String out;
  private String err;

  @BeforeEach
  void start() throws Exception {
    terminal.now = PairingBox.NOW;
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    state = Files.createDirectory(folder.resolve("state"));
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
    box = new PairingBox("ueno", "10.1.0.0/24", Files.createDirectory(folder.resolve("time")));
    socket =
        ControlSocket.in(
            state,
            new RouterOperations(
                thread,
                box.live,
                () -> Statuses.FULL,
                () -> Statuses.DAY,
                by -> Statuses.TREND,
                () -> Statuses.ECHOES,
                symptom -> Diagnoses.NONE,
                () -> "",
                null,
                box.desk,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                author -> {}));
    socket.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    socket.close();
    thread.shutdown();
    assertTrue(thread.awaitTermination(30, TimeUnit.SECONDS));
  }

  private int noren(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    if (!all.contains("check") && !all.contains("signin")) {
      all.add("--state=" + state);
    }
    int code = terminal.run(new NorenHost(Limits.WHITEPAPER), all.toArray(String[]::new));
    out = terminal.out;
    err = terminal.err;
    return code;
  }

  /** Nothing is applied, the code is the same, and each line is in its language. */
  private void refused(int code, String command) throws IOException {
    var before = box.config();
    String[] words = command.split(" ", -1);
    assertEquals(code, noren(words), err);
    String english = err;
    assertFalse(HIRAGANA.matcher(english).find(), english);
    List<String> japanese = new ArrayList<>(List.of("--language", "ja"));
    japanese.addAll(List.of(words));
    assertEquals(code, noren(japanese.toArray(String[]::new)), err);
    assertEquals(english.lines().count(), err.lines().count(), err);
    err.lines().forEach(line -> assertTrue(HIRAGANA.matcher(line).find(), line));
    err.lines().forEach(line -> assertTrue(line.matches(".*[。？]"), line));
    assertEquals(before, box.config());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1|config set log.keepDays 0",
        "1|config set lan.dhcp.onn true",
        "1|config set nowhere[0].at x",
        "1|config set lan {",
        "1|config rollback 77",
        "1|config confirm",
        "1|config check /nowhere/at-all.json",
        "1|config export nothing",
        "1|config history 77",
        "1|form add remote staff endpoint=vpn.example.com:0",
        "1|form add remote staff nothing",
        "2|form add remoto staff",
        "1|form add remote shops",
        "1|form show staff",
        "1|form remove shosp",
        "1|form hub meet --endpoint nowhere",
        "1|form peer shops ginza",
        "1|form import cloud1 /nowhere/x.conf",
        "1|device add staff phone",
        "1|device add shops phone",
        "2|device add shops phone --qr --public-key x",
        "1|device lost phone",
        "1|device remove phone",
        "1|access allow device:phone 10.0.0.0/24",
        "1|access allow phone 10.0.0.0/24",
        "1|access remove nothing",
        "1|person remove akira",
        "1|person add akira --group nobody",
        "1|person totp akira",
        "1|group remove staff",
        "1|signin akira --at nowhere",
        "1|invite nothing",
        "1|invite shops --far nowhere",
        "1|join noren1:abc",
        "1|join hello",
        "1|pair accept shops",
        "1|pair refuse nothing",
        "1|pair accept a/b",
        "2|pair accept",
        "2|form add",
        "2|config rollback seven",
        "2|config rollback 7 8",
        "2|config frob",
        "2|config set --frob",
      })
  void whatIsWrongIsSaidInTheLanguageAskedFor(int code, String command) throws IOException {
    refused(code, command);
  }

  @Test
  void severalErrorsOfAFileAreALineEach() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("shop.json"),
            "{\"schema\": 1, \"name\": \"-x\", \"log\": {\"keepDays\": 0}, \"rolle\": 1}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    refused(Exit.FAILED, "config import " + file);
    assertEquals(3, err.lines().count(), err);
    assertTrue(err.contains(file + "、log.keepDays: 0は使えません。1から3650までの整数を入れてください。\n"), err);
    assertTrue(err.contains(file + "、rolle: この項目はありません。roleのことですか？\n"), err);
    refused(Exit.FAILED, "config check " + file);
  }

  @Test
  void aWgQuickFilesLinesAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("hq.conf"), "[Interface]\nMTU = 7\nFrob = 1\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    refused(Exit.FAILED, "form import cloud1 " + file);
    assertTrue(err.contains("hq.conf、2行目、MTU: 「7」は"), err);
    Files.writeString(file, "client\ndev tun\nremote vpn.example.com 1194\n");
    refused(Exit.FAILED, "config import " + file);
    assertTrue(err.contains("OpenVPNのプロファイル（.ovpn）です。"), err);
  }

  /** As the image does at its start, from what lies on its card. */
  @Test
  void whatATechniciansCardBringsIsTakenAndSpokenOfInBoth() throws IOException {
    Path card = Files.createDirectory(folder.resolve("card"));
    Path shop = card.resolve("shop.json.txt");
    Path broken = Files.writeString(card.resolve("broken.conf"), "[Interface]\r\nMTU = 7\r\n");
    Path other = Files.writeString(card.resolve("README.txt"), "no configuration");
    Files.writeString(shop, "\uFEFF{\"schema\": 1,\r\n \"name\": \"kagura\"}\r\n");
    assertEquals(Exit.DONE, noren("config", "take", card.toString()), err);
    String refused =
        """
        broken.conf: 取り込めませんでした。
        broken.conf、2行目、MTU: 「7」は使えません。68から65455までの数字を入れてください。
        broken.conf、PrivateKey: 指定がありません。noren genkey で作れます。
        broken.conf: refused.
        broken.conf, line 2, MTU: "7" is not a number from 68 to 65455.
        broken.conf, PrivateKey: is missing: noren genkey makes one.

        shop.json.txt: 取り込みました。
        """;
    assertTrue(out.startsWith(refused), out);
    assertTrue(out.endsWith("\nshop.json.txt: taken.\n\n"), out);
    assertEquals("", err);
    assertFalse(Files.exists(shop));
    assertTrue(Files.exists(broken) && Files.exists(other));
  }

  @Test
  void whereNobodyCanCallInIsSaidBeforeAnInvitationIsCarried() throws IOException {
    box.line = IpAddress.parse("100.64.7.100");
    refused(Exit.FAILED, "invite shops");
    assertTrue(err.contains("回線のアドレス100.64.7.100がプロバイダーのNAT（CGNAT）の内側に"), err);
    assertEquals(Exit.DONE, noren("--language=ja", "invite", "shops", "--far", "192.0.2.1:51820"));
    assertTrue(err.contains("外から届くようにしてもらってください。\n"), err);
  }

  @Test
  void howFarAPairingIsIsSaidInTheLanguageAskedFor() {
    assertEquals(Exit.DONE, noren("invite", "shops"), err);
    assertEquals(Exit.DONE, noren("--language", "ja", "pair"), err);
    assertTrue(out.contains("  状態    まだだれもつなぎに来ていません。\n"), out);
    assertEquals(Exit.DONE, noren("pair"), err);
    assertTrue(out.contains("  state   nobody has called in yet\n"), out);
    box.now = box.now.plusSeconds(TimeUnit.HOURS.toSeconds(25));
    assertEquals(Exit.DONE, noren("--language", "ja", "pair"), err);
    assertTrue(out.contains("期限が切れました。shopsでもう一度招待を作ってください。"), out);
  }

  /** What a change did, what goes with it, and what there is to look at. */
  @Test
  void whatIsDoneIsSaidInTheLanguageAskedFor() throws IOException {
    done("person add akira");
    assertTrue(out.matches("[0-9]+番として保存しました: 人「akira」\n"), out);
    done("form add remote staff endpoint=vpn.example.com");
    assertTrue(
        out.startsWith("試しています: 利用形態「外からお店に入る（リモートアクセスVPN）」\nnoren config confirm と入れないと、90秒後"),
        out);
    done("config confirm");
    done("device add staff phone --person akira");
    assertTrue(err.startsWith("phoneはまだ、お店の中のどこにも届きません。"), err);
    assertTrue(err.matches("(?s).*\n[0-9]+番として保存しました: 端末「phone」.*"), err);
    assertTrue(out.startsWith("[Interface]\n"), "and the file is as it was: " + out);
    done("form list");
    assertTrue(out.contains("外からお店に入る（リモートアクセスVPN）"), out);
    assertTrue(out.contains("端末1台"), out);
    done("device list");
    assertTrue(out.startsWith("端末   利用形態  利用者"), out);
    done("form show staff");
    assertTrue(out.contains("  使い方: 外からお店に入る（リモートアクセスVPN）\n"), out);
    assertTrue(out.contains("  届く先: お店の中にはありません（許すルールがありません）\n"), out);
    done("status");
    assertTrue(out.contains("\n  動いている時間: 2時間\n"), out);
    assertTrue(out.contains("元に戻るまで: 1分13秒（noren config confirm で残せます）\n"), out);
    done("access list");
    assertTrue(out.startsWith("利用者"), out);
    done("access allow device:phone 10.1.0.0/24");
    done("config set name ueno-2");
    done("config set name ueno-2");
    assertTrue(out.matches("変わるところはありません。[0-9]+番のままです。\n"), out);
    done("form remove staff");
    assertTrue(err.contains("端末「phone」も一緒になくなります。\n"), err);
    assertTrue(err.contains("」は、ほかにだれも使わないので、一緒になくなります。\n"), err);
    done("config rollback " + box.live.load().current().number());
    assertTrue(err.contains("試していた変更を元に戻しました。\n"), err);
    done("invite shops");
    assertTrue(err.contains("この招待を相手のルーターまで届け、noren join に入れてください。"), err);
    done("pair refuse shops");
    assertEquals("断りました。お店はつながりません。\n", out);
  }

  /** Whole sentences are Japanese; what is shown of the document is as it is. */
  private void done(String command) {
    List<String> words = new ArrayList<>(List.of("--language", "ja"));
    words.addAll(List.of(command.split(" ", -1)));
    assertEquals(Exit.DONE, noren(words.toArray(String[]::new)), err);
    err.lines().forEach(line -> assertTrue(line.matches(".*。|.*番として保存しました: .*"), line));
    err.lines().forEach(line -> assertTrue(HIRAGANA.matcher(line).find(), line));
  }

  @Test
  void theEnvironmentIsFollowedUnlessTheOptionSaysOtherwise() {
    terminal.environment.put("LANG", "ja_JP.UTF-8");
    assertEquals(Exit.FAILED, noren("config", "set", "log.keepDays", "0"));
    String japanese = "設定、log.keepDays: 0は使えません。1から3650までの整数を入れてください。\n";
    assertEquals(japanese, err);
    terminal.environment.put("LC_ALL", "C");
    noren("config", "set", "log.keepDays", "0");
    String english = "the configuration, log.keepDays: 0 is not a whole number from 1 to 3650.\n";
    assertEquals(english, err);
    noren("--language=ja", "config", "set", "log.keepDays", "0");
    assertEquals(japanese, err);
    terminal.environment.remove("LC_ALL");
    noren("--language=en", "config", "set", "log.keepDays", "0");
    assertEquals(english, err);
  }

  /** Without a locale Java would write a question mark for each letter. */
  @Test
  void lettersThatATerminalHasNotAreUtf8() {
    terminal.charset = StandardCharsets.US_ASCII;
    noren("--language", "ja", "config", "set", "log.keepDays", "0");
    assertEquals("設定、log.keepDays: 0は使えません。1から3650までの整数を入れてください。\n", err);
    noren("--language", "ja", "form", "--help");
    assertEquals(Exit.USAGE, noren("--language", "nihongo", "pair"));
    assertTrue(err.startsWith("noren: there is no language nihongo: there are en and ja.\n"), err);
  }
}
