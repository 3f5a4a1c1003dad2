package dev.noren.bench;

import dev.noren.street.Maker;
import dev.noren.street.Ran;
import dev.noren.street.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wireguard-go of a newer Debian than the machine's, which segments and merges in the kernel
 * (GSO, GRO). It is fetched with the machine's own apt and mirror, and unpacked into target/, so
 * the system stays as it is.
 */
final class NewerWireguardGo {
  private static final String RELEASE = "trixie";
  private static final Path FOLDER = Maker.base().resolve("target/bench/" + RELEASE);
  private static final Path PROGRAM = FOLDER.resolve("root/usr/bin/wireguard-go");

  private NewerWireguardGo() {}

  /** Fetches it once; empty, with a line that says why, where it can't be had. */
  static Optional<Path> find() {
    if (!Files.exists(PROGRAM)) {
      try {
        fetch();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (Files.exists(PROGRAM) && Running.run(PROGRAM.toString(), "--version").ok()) {
      return Optional.of(PROGRAM);
    }
    System.out.println("Debian " + RELEASE + "'s wireguard-go can't be had here: left out.");
    return Optional.empty();
  }

  private static void fetch() throws IOException {
    Optional<String> mirror = mirror();
    if (mirror.isEmpty()) {
      return;
    }
    Files.createDirectories(FOLDER.resolve("lists/partial"));
    Files.createDirectories(FOLDER.resolve("cache/archives/partial"));
    Path sources = FOLDER.resolve("sources.list");
    Files.writeString(sources, "deb " + mirror.get() + " " + RELEASE + " main\n");
    List<String> apt =
        List.of(
            "apt-get", "-qq",
            "-o", "Dir::Etc::SourceList=" + sources,
            "-o", "Dir::Etc::SourceParts=/dev/null",
            "-o", "Dir::State::Lists=" + FOLDER.resolve("lists"),
            "-o", "Dir::Cache=" + FOLDER.resolve("cache"));
    if (run(apt, "update")) {
      // `apt-get download` writes into the folder that it is started in.
      List<String> download = new ArrayList<>(List.of("env", "-C", FOLDER.toString()));
      download.addAll(apt);
      run(download, "download", "wireguard-go");
      unpack();
    }
  }

  private static void unpack() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      Optional<Path> deb =
          files.filter(f -> f.getFileName().toString().startsWith("wireguard-go_")).findFirst();
      deb.ifPresent(
          f -> Running.run("dpkg-deb", "-x", f.toString(), FOLDER.resolve("root").toString()));
    }
  }

  /** The mirror that this machine's apt uses for Debian itself. */
  private static Optional<String> mirror() {
    Ran ran = Running.run("apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)");
    return ran.out()
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(f -> f.length == 2 && f[1].matches("[a-z]+") && f[0].endsWith("/debian/"))
        .map(f -> f[0])
        .findFirst();
  }

  private static boolean run(List<String> apt, String... arguments) {
    List<String> command = new ArrayList<>(apt);
    command.addAll(List.of(arguments));
    return Running.run(command, "", Map.of()).ok();
  }
}
