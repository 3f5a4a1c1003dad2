package dev.noren.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a person types a command line: what goes in, and what comes out. */
public class Terminal {
  /** The environment of the next command. */
  public final Map<String, String> environment = new HashMap<>();

  /** What it has letters for. */
  public Charset charset = StandardCharsets.UTF_8;

  /** What the next command reads. */
  public String input = "";

  public Instant now = Instant.ofEpochSecond(1_700_000_000);

  /** What the last command printed. */
  public String out;

  public String err;

  Path outFile = Path.of("/nowhere");
  List<Path> configFolders = List.of();

  /** Runs a command line against a host; returns the exit code. */
  public final int run(Host host, String... args) {
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(outBytes, false, charset),
            new PrintStream(errBytes, true, charset),
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
