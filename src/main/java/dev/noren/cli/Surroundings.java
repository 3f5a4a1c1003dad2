package dev.noren.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a command sees of its process, so that tests can give it something else.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param outFile the file behind standard output, as a link of /proc
 * @param environment the environment variables
 * @param user the name of the user that the process has, as the system knows it
 * @param clock the time of day
 * @param configFolders where a tunnel's file is looked for when only its name is given
 */
public record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Path outFile,
    Map<String, String> environment,
    String user,
    InstantSource clock,
    List<Path> configFolders) {
  private static final char KANA = 'の';
  private static final String ENDS = ".?。？";

  /** The file behind standard input. */
  private static final Path IN_FILE = Path.of("/proc/self/fd/0");

  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("------rwx");

  /** The process's own. */
  public static Surroundings ofProcess() {
    return new Surroundings(
        System.in,
        System.out,
        System.err,
        Path.of("/proc/self/fd/1"),
        System.getenv(),
        systemUser(),
        InstantSource.system(),
        List.of(Path.of("/etc/noren"), Path.of("/etc/wireguard")));
  }

  /** Java says a question mark where the system has no name for it. */
  private static String systemUser() {
    String name = System.getProperty("user.name", "?");
    return name.equals("?") ? "somebody" : name;
  }

  /** Whether to colour standard output: WG_COLOR_MODE says so, or it is a terminal. */
  boolean coloured() {
    String mode = environment.getOrDefault("WG_COLOR_MODE", "auto");
    return mode.equals("always") || (!mode.equals("never") && isTerminal(outFile));
  }

  private static boolean isTerminal(Path file) {
    try {
      String target = Files.readSymbolicLink(file).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether standard input is a terminal, at which somebody is asked. */
  boolean isAtTerminal() {
    return in.equals(System.in) && isTerminal(IN_FILE);
  }

  /** Warns, as wg does, before a secret goes to a file that others may use, if that is known. */
  void warnIfSecretIsShown() {
    try {
      if (Files.isRegularFile(outFile) && isOpenToOthers(outFile)) {
        remark(Sentence.of("file.open-warning"));
        remark(Sentence.of("file.open-advice"));
      }
    } catch (IOException e) {
      // A standard output that can't be looked at is none that wg would warn of either.
      return;
    }
  }

  /** Whether others than owner and group have any right to the file. */
  static boolean isOpenToOthers(Path file) throws IOException {
    return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
  }

  /** What errors are said in. */
  Language language() {
    return Language.ofEnvironment(environment);
  }

  /**
   * The same, which says errors in this language. Where standard output or error have no letters
   * for it, as without a locale, they are written in UTF-8.
   */
  Surroundings speaking(Language language) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put("LC_ALL", language.code());
    return new Surroundings(
        in,
        writing(out, language),
        writing(err, language),
        outFile,
        changed,
        user,
        clock,
        configFolders);
  }

  private static PrintStream writing(PrintStream stream, Language language) {
    return language == Language.ENGLISH || stream.charset().newEncoder().canEncode(KANA)
        ? stream
        : new PrintStream(stream, true, UTF_8);
  }

  /** The words of what is shown. */
  Speech speech() {
    return new Speech(language());
  }

  /** One line on standard output, in the language that was asked for. */
  void say(Sentence sentence) {
    out.println(sentence.in(language()));
  }

  /** One line on standard error, after the program's name, in the language that was asked for. */
  void complain(Sentence sentence) {
    String words = sentence.in(language());
    remark(Sentence.plain("noren: " + words));
  }

  /** One line on standard error, in the language that was asked for. */
  void remark(Sentence sentence) {
    String words = sentence.in(language());
    boolean stops = language() == Language.JAPANESE && !words.endsWith("。") && !words.endsWith("？");
    remark(stops ? words + "。" : words);
  }

  /** One line on standard error, which ends as a sentence does. */
  void remark(String sentence) {
    boolean ends = !sentence.isEmpty() && ENDS.indexOf(sentence.charAt(sentence.length() - 1)) >= 0;
    err.println(ends ? sentence : sentence + ".");
  }
}
