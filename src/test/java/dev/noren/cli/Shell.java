package dev.noren.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs command lines against a fake host and keeps what they print. */
final class Shell {
  final FakeHost host = new FakeHost();
  final Map<String, String> environment = new HashMap<>();
  Path outFile = Path.of("/nowhere");
  Instant now = Instant.ofEpochSecond(1_700_000_000);
  List<Path> configFolders = List.of();
  String input = "";
  String out;
  String err;

  int run(String... args) {
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(outBytes, false, StandardCharsets.UTF_8),
            new PrintStream(errBytes, true, StandardCharsets.UTF_8),
            outFile,
            environment,
            "root",
            InstantSource.fixed(now),
            configFolders);
    int code = new Cli(host, surroundings).run(args);
    out = outBytes.toString(StandardCharsets.UTF_8);
    err = errBytes.toString(StandardCharsets.UTF_8);
    return code;
  }
}
