package dev.noren.router;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.services.CommandRunner;
import dev.noren.support.CrashReport;
import dev.noren.support.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a support file says of the machine: versions, the kernel's network, and what was logged. */
final class SupportMachine {
  /** Where the image's syslogd writes to. */
  private static final Path MESSAGES = Path.of("/run/log/messages");

  private static final String CRASH = "crash.log";
  private static final int MOST_LOG_BYTES = 64 << 10;
  private static final int MOST_CRASH_BYTES = 1 << 20;
  private static final int MOST_FILE_BYTES = 4 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What is read as it is: which system this is, and how it fares. */
  private static final List<String> FILES =
      List.of(
          "/usr/share/noren/release",
          "/etc/os-release",
          "/proc/device-tree/model",
          "/proc/version",
          "/proc/uptime",
          "/proc/loadavg",
          "/proc/meminfo",
          "/sys/class/thermal/thermal_zone0/temp");

  /** Of what is long only this is of use. */
  private static final String WANTED =
      "(Linux|PRETTY_NAME|version|time|MemTotal|MemAvailable|Slab|Tmpfs|Shmem)\\b.*|[^:=]*";

  private static final List<List<String>> VERSIONS =
      List.of(
          List.of("nft", "--version"),
          List.of("ip", "-V"),
          List.of("dnsmasq", "--version"),
          List.of("busybox"));

  /** What the kernel's network is: each command, and how much of what it says is kept, bytes. */
  private record Look(List<String> command, int mostBytes) {
    private static Look of(int kilobytes, String... command) {
      return new Look(List.of(command), kilobytes << 10);
    }
  }

  private static final List<Look> NETWORK =
      List.of(
          // The rules by themselves: sets can be longer than all of them.
          Look.of(96, "nft", "-t", "list", "ruleset"),
          Look.of(48, "nft", "list", "sets"),
          Look.of(32, "ip", "-s", "-d", "link", "show"),
          Look.of(16, "ip", "address", "show"),
          Look.of(16, "ip", "-4", "rule", "show"),
          Look.of(16, "ip", "-6", "rule", "show"),
          Look.of(24, "ip", "-4", "route", "show", "table", "all"),
          Look.of(24, "ip", "-6", "route", "show", "table", "all"),
          Look.of(16, "ip", "neighbour", "show"));

  private final CommandRunner commands;
  private final Path state;

  SupportMachine(CommandRunner commands, Path state) {
    this.commands = commands;
    this.state = state;
  }

  /** Which versions these are, and how the machine fares. */
  String versions() throws IOException {
    StringBuilder text = new StringBuilder();
    line(text, "Noren", SupportMachine.class.getPackage().getImplementationVersion());
    line(text, "Java", System.getProperty("java.vm.name") + " " + Runtime.version());
    line(text, "system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    line(text, "processor", System.getProperty("os.arch"));
    line(text, "processors", Runtime.getRuntime().availableProcessors());
    Runtime java = Runtime.getRuntime();
    long used = java.totalMemory() - java.freeMemory();
    line(text, "heap", used + " of " + java.maxMemory() + " bytes are in use");
    if (Files.exists(state)) {
      line(
          text,
          "room",
          Files.getFileStore(state).getUsableSpace() + " bytes are free for " + state);
    }
    for (String file : FILES) {
      String read = read(Path.of(file));
      if (read != null) {
        line(text, file, read);
      }
    }
    for (List<String> command : VERSIONS) {
      line(text, command.getFirst(), said(command).lines().findFirst().orElse(""));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(name).append(": ").append(value == null ? "(not from a jar)" : value).append('\n');
  }

  /** What of a small file is of use, on one line; null where it can't be read. */
  private static String read(Path file) {
    try {
      return tail(file, MOST_FILE_BYTES)
          .lines()
          .map(each -> each.replace("\0", "").strip())
          .filter(each -> !each.isEmpty() && each.matches(WANTED))
          .collect(Collectors.joining("; "));
    } catch (IOException e) {
      return null;
    }
  }

  /** The firewall, the interfaces, and the ways. */
  List<Part> network() {
    List<Part> parts = new ArrayList<>();
    for (Look look : NETWORK) {
      parts.add(Part.of(String.join(" ", look.command()), said(look.command()), look.mostBytes()));
    }
    return parts;
  }

  private String said(List<String> command) {
    try {
      CommandRunner.Result result = commands.tryRun(command, "", PATIENCE);
      return result.exitCode() == 0
          ? result.output()
          : "(exit code %d)\n%s".formatted(result.exitCode(), result.output());
    } catch (IOException e) {
      return "(" + e.getMessage() + ")";
    }
  }

  /** What programs have said lately, where the system keeps that in a file. */
  Part messages() {
    String text =
        Stream.of(MESSAGES.resolveSibling(MESSAGES.getFileName() + ".0"), MESSAGES)
            .map(SupportMachine::logged)
            .filter(Objects::nonNull)
            .collect(Collectors.joining());
    return Part.log(
        "What programs said (" + MESSAGES + ")",
        text.isEmpty() ? "(there is no such file, or it can't be read)" : text,
        MOST_LOG_BYTES);
  }

  private static String logged(Path file) {
    try {
      return tail(file, MOST_LOG_BYTES);
    } catch (IOException e) {
      return null;
    }
  }

  /** What Java wrote when it crashed, if it did. */
  Part crash() {
    Path file = state.resolve(CRASH);
    String text;
    try {
      text = Files.getLastModifiedTime(file) + "\n" + CrashReport.of(head(file, MOST_CRASH_BYTES));
    } catch (NoSuchFileException e) {
      text = "(there was none)";
    } catch (IOException e) {
      text = "(it can't be read: " + e.getMessage() + ")";
    }
    return Part.of("The last crash (" + CRASH + ")", text, 16 << 10);
  }

  private static String head(Path file, int bytes) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(bytes), UTF_8);
    }
  }

  /** The last so many bytes, from the begin of a line on; a file of /proc says no length. */
  private static String tail(Path file, int bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long from = Math.max(0, channel.size() - bytes);
      ByteBuffer read = ByteBuffer.allocate(bytes);
      channel.position(from);
      int more;
      do {
        more = channel.read(read);
      } while (more >= 0 && read.hasRemaining());
      String text = new String(read.array(), 0, read.position(), UTF_8);
      return from == 0 ? text : text.substring(text.indexOf('\n') + 1);
    }
  }
}
