package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README shows what the program says. */
class ReadmeTest {
  private static final String BEGIN = "<!-- begin noren --help -->\n```\n";
  private static final String END = "```\n<!-- end noren --help -->\n";

  @Test
  void showsTheHelpAsItIs() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String shown = readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END));
    Shell shell = new Shell();
    shell.run("--help");
    assertEquals(shell.out, shown, "README.md is behind: put the output of noren --help there");
  }
}
