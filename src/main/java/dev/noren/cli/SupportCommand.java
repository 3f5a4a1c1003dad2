package dev.noren.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code noren support}. */
@Command(
    name = "support",
    description = {
      "Write one file for whoever helps you: versions, the settings without secrets, what is wrong,"
          + " counters, the firewall and the network as the kernel has them, and what happened. It"
          + " works while the router is stopped too."
    })
final class SupportCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Where to write it; standard output where none is given.")
  private Path file;

  @Option(
      names = "--hide-addresses",
      description =
          "Leave out the internet's addresses: each gets a name instead, the same one throughout.")
  private boolean hideAddresses;

  @Mixin private StateOption state;

  SupportCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, CommandFailure {
    String text = host.support(state.folder(), hideAddresses, ConfigCommand.author(surroundings));
    if (file == null) {
      surroundings.out().print(text);
      return Exit.DONE;
    }
    byte[] bytes = text.getBytes(UTF_8);
    write(bytes);
    surroundings.say(Sentence.of("support.written", file, bytes.length));
    return Exit.DONE;
  }

  /** For its user's eyes alone: who else gets it is up to him. */
  private void write(byte[] bytes) throws CommandFailure {
    try {
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.write(file, bytes);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(Sentence.of("file.no-folder", file), e);
    } catch (IOException e) {
      throw new CommandFailure(Sentence.of("file.not-made", file, Sentence.of(e)), e);
    }
  }
}
