package dev.noren.services;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tinylog.Logger;

/**
 * The one door through which other programs are started: argument lists, logged before they run,
 * ended when they take too long. Their input and output are files, so that a program that leaves
 * children behind holds nobody up. A program that goes on running is started here too; who has it
 * started ends it.
 */
public final class CommandRunner {
  /** How long a command may take unless somebody says otherwise. */
  public static final Duration USUAL_TIME = Duration.ofSeconds(30);

  /** Where the machine's own programs are, whatever PATH says. */
  private static final List<String> SYSTEM_FOLDERS =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  private static final int MAX_OUTPUT = 1 << 20;

  /** The most of a line that a running program prints. */
  static final int MOST_LINE_CHARACTERS = 500;

  private final List<String> prefix;
  private final List<Path> folders;

  /**
   * What a command left.
   *
   * @param exitCode its exit code
   * @param output what it printed, standard error after standard output, at most 1 MB of each
   */
  public record Result(int exitCode, String output) {}

  /** A runner for this machine. */
  public CommandRunner() {
    this(List.of(), pathOf(System.getenv()));
  }

  /**
   * A runner elsewhere.
   *
   * @param prefix what each command is started with, such as {@code ip netns exec NAME}
   * @param folders where programs are looked for
   */
  public CommandRunner(List<String> prefix, List<Path> folders) {
    this.prefix = List.copyOf(prefix);
    this.folders = List.copyOf(folders);
  }

  static List<Path> pathOf(Map<String, String> environment) {
    Stream<String> own =
        Stream.of(environment.getOrDefault("PATH", "").split(":", -1))
            .filter(folder -> folder.startsWith("/"));
    return Stream.concat(own, SYSTEM_FOLDERS.stream()).distinct().map(Path::of).toList();
  }

  /** Where a program is, if it is there. */
  public Optional<Path> find(String program) {
    return folders.stream()
        .map(folder -> folder.resolve(program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /**
   * Runs a command that must end with 0.
   *
   * @param stdin what it reads
   * @return what it printed
   * @throws CommandException with a sentence that says which command failed and how
   */
  public String run(List<String> command, String stdin) throws CommandException {
    Result result = tryRun(command, stdin, USUAL_TIME);
    if (result.exitCode() != 0) {
      throw new CommandException(String.join(" ", command) + " failed: " + reason(result, stdin));
    }
    return result.output();
  }

  /** As {@link #run(List, String)}, without input. */
  public String run(String... command) throws CommandException {
    return run(List.of(command), "");
  }

  /**
   * Runs a command that may end with any code.
   *
   * @throws CommandException where it isn't there, can't be started or takes too long
   */
  public Result tryRun(List<String> command, String stdin, Duration time) throws CommandException {
    String shown = String.join(" ", command);
    List<String> all = found(command, List.of());
    Logger.debug("running: {}", shown);
    List<Path> files = new ArrayList<>();
    try {
      Path in = temporary(files, stdin);
      Path out = temporary(files, "");
      Path err = temporary(files, "");
      ProcessBuilder builder =
          new ProcessBuilder(all)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      int exitCode = await(inOurWords(builder).start(), shown, time);
      return new Result(exitCode, read(out) + read(err));
    } catch (CommandException e) {
      throw e;
    } catch (IOException e) {
      throw new CommandException(shown + " can't be run: " + e.getMessage(), e);
    } finally {
      files.stream().map(Path::toFile).forEach(File::delete);
    }
  }

  /**
   * Starts a program that goes on running, in a session of its own where there is setsid(1), so
   * that a Ctrl-C is for Noren alone.
   *
   * @param folder where it runs
   * @param environment what it gets besides our own
   * @param output takes what it prints, both streams line by line, each cut at {@link
   *     #MOST_LINE_CHARACTERS}; on a thread that ends with the last one who holds the streams
   * @throws CommandException where it can't be started; a {@link MissingProgramException} where it
   *     isn't there
   */
  public Process start(
      List<String> command, Path folder, Map<String, String> environment, Consumer<String> output)
      throws CommandException {
    String shown = String.join(" ", command);
    List<String> all =
        found(command, find("setsid").map(setsid -> List.of(setsid.toString())).orElse(List.of()));
    Logger.debug("starting: {}", shown);
    ProcessBuilder builder =
        inOurWords(new ProcessBuilder(all))
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      Thread reader =
          new Thread(
              () -> readLines(process.getInputStream(), output), "output of " + command.getFirst());
      reader.setDaemon(true);
      reader.start();
      return process;
    } catch (IOException e) {
      throw new CommandException(shown + " can't be started: " + e.getMessage(), e);
    }
  }

  /** Hands each line on; what is too long loses its end, and what is not text its meaning. */
  static void readLines(InputStream from, Consumer<String> output) {
    StringBuilder line = new StringBuilder();
    try (Reader in = new InputStreamReader(from, StandardCharsets.UTF_8)) {
      char[] block = new char[1024];
      int length;
      while ((length = in.read(block)) >= 0) {
        for (int i = 0; i < length; i++) {
          if (block[i] == '\n') {
            output.accept(line.toString());
            line.setLength(0);
          } else if (line.length() < MOST_LINE_CHARACTERS) {
            line.append(block[i] < ' ' || block[i] == 0x7f ? ' ' : block[i]);
          }
        }
      }
    } catch (IOException e) {
      // The stream was closed with its process.
    }
    if (!line.isEmpty()) {
      output.accept(line.toString());
    }
  }

  /** The whole command, its program by its path. */
  private List<String> found(List<String> command, List<String> between) throws CommandException {
    Path program =
        find(command.getFirst()).orElseThrow(() -> new MissingProgramException(command.getFirst()));
    List<String> all = new ArrayList<>(prefix);
    all.addAll(between);
    all.add(program.toString());
    all.addAll(command.subList(1, command.size()));
    return all;
  }

  /** Messages are read by us, so they must not be in the user's language. */
  private ProcessBuilder inOurWords(ProcessBuilder builder) {
    builder.environment().put("LC_ALL", "C");
    builder
        .environment()
        .put("PATH", folders.stream().map(Path::toString).collect(Collectors.joining(":")));
    return builder;
  }

  private static Path temporary(List<Path> files, String text) throws IOException {
    Path file = Files.createTempFile("noren", null);
    files.add(file);
    return text.isEmpty() ? file : Files.writeString(file, text);
  }

  private static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
    }
  }

  private static int await(Process process, String shown, Duration time) throws CommandException {
    try {
      if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      throw new SlowProgramException(shown + " took longer than " + time.toSeconds() + " s");
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new CommandException(shown + " was interrupted", e);
    }
  }

  /** What it said, on one line; a batch's error names the line of its input. */
  private static String reason(Result result, String stdin) {
    List<String> said =
        result.output().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (said.isEmpty()) {
      return "exit code " + result.exitCode();
    }
    List<String> input = stdin.lines().toList();
    return said.stream().limit(4).map(line -> named(line, input)).collect(Collectors.joining("; "));
  }

  private static String named(String line, List<String> input) {
    String start = "Command failed -:";
    if (!line.startsWith(start) || !line.substring(start.length()).matches("\\d{1,6}")) {
      return line;
    }
    int number = Integer.parseInt(line.substring(start.length()));
    return number >= 1 && number <= input.size() ? input.get(number - 1) : line;
  }
}
