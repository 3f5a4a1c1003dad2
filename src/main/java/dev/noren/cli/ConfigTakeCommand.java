package dev.noren.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code noren config take}: the technician's kit. One process for all files, since where a start
 * takes long, one for each would keep the shop waiting.
 */
@Command(
    name = "take",
    hidden = true,
    description = {
      "Import each configuration of a folder as a PC leaves it there, delete it when it is taken,"
          + " and say in both languages what became of it.",
    })
final class ConfigTakeCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(paramLabel = "FOLDER", description = "Where FILE.json and NAME.conf lie.")
  private Path folder;

  @Mixin private StateOption state;

  ConfigTakeCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    PrintStream report = surroundings.speaking(Language.JAPANESE).out();
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    for (Path file : files) {
      String name = PcFile.name(file.getFileName().toString());
      if (name != null) {
        take(file, name, report);
      }
    }
    report.flush();
    return Exit.DONE;
  }

  private void take(Path file, String name, PrintStream report) throws IOException {
    Path place = Files.createTempDirectory("noren-take");
    Path clean = place.resolve(name);
    try {
      Files.createFile(
          clean,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(clean, PcFile.text(Files.readAllBytes(file)), UTF_8);
      String shown = file.getFileName().toString();
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      boolean taken = imported(clean, Language.JAPANESE, said);
      say(report, taken ? "kit.taken" : "kit.refused", shown, Language.JAPANESE, said, place);
      said.reset();
      if (taken) {
        Files.delete(file);
      } else {
        imported(clean, Language.ENGLISH, said);
      }
      say(report, taken ? "kit.taken" : "kit.refused", shown, Language.ENGLISH, said, place);
      report.println();
    } finally {
      Files.deleteIfExists(clean);
      Files.delete(place);
    }
  }

  private boolean imported(Path file, Language language, ByteArrayOutputStream said) {
    PrintStream stream = new PrintStream(said, true, UTF_8);
    Surroundings inner =
        new Surroundings(
            InputStream.nullInputStream(),
            stream,
            stream,
            surroundings.outFile(),
            surroundings.environment(),
            surroundings.user(),
            surroundings.clock(),
            List.of());
    String[] command = {
      "--language=" + language.code(),
      "config",
      "import",
      file.toString(),
      "--state=" + state.folder(),
    };
    return new Cli(host, inner).run(command) == Exit.DONE;
  }

  /** What was said names the file as the technician does. */
  private static void say(
      PrintStream report,
      String key,
      String shown,
      Language language,
      ByteArrayOutputStream said,
      Path place) {
    report.println(Sentence.of(key, shown).in(language));
    report.print(said.toString(UTF_8).replace(place + "/", ""));
  }
}
