package dev.noren.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A machine whose programs are scripts that write down how they were called, so that what is run
 * can be seen without being root.
 */
final class FakeMachine {
  final Path bin;
  final Path state;
  final Path etc;
  private final Path log;
  final Machine machine;

  FakeMachine(Path folder) throws IOException {
    bin = Files.createDirectory(folder.resolve("bin"));
    state = folder.resolve("state");
    etc = Files.createDirectory(folder.resolve("etc"));
    log = folder.resolve("log");
    Files.createFile(log);
    for (String program : List.of("ip", "nft", "sysctl")) {
      script(program, "");
    }
    script("sh", "exec /bin/sh \"$@\"");
    machine = new Machine(new CommandRunner(List.of(), List.of(bin)), StateFolder.open(state), etc);
  }

  /** Makes a program that writes its call down and then does this. */
  void script(String program, String body) throws IOException {
    Path file = bin.resolve(program);
    Files.writeString(
        file,
        "#!/bin/sh\necho \"%s $*\" >> %s\nPATH=/usr/bin:/bin\n%s\n".formatted(program, log, body));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  void remove(String program) throws IOException {
    Files.delete(bin.resolve(program));
  }

  /** What was called since this was last asked. */
  List<String> calls() throws IOException {
    List<String> lines = Files.readAllLines(log);
    Files.writeString(log, "");
    return lines;
  }

  /** The files in the state folder that are there for more than locking. */
  List<String> memory() throws IOException {
    try (var files = Files.list(state.resolve("up"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".lock"))
          .sorted()
          .toList();
    }
  }
}
