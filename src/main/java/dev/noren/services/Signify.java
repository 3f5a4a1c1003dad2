package dev.noren.services;

import dev.noren.text.Failed;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** signify(1), which knows who has signed a text. */
public final class Signify {
  private final CommandRunner commands;

  /** Runs it by this. */
  public Signify(CommandRunner commands) {
    this.commands = commands;
  }

  /**
   * The text in a file that has its signature before it.
   *
   * @param signed the file
   * @param key the public key's file
   * @param text where the text may lie for a moment; it is not there afterwards
   * @throws IOException with a sentence, where another key or nobody has signed it
   */
  public String text(Path signed, Path key, Path text) throws IOException {
    Files.deleteIfExists(text);
    try {
      CommandRunner.Result result =
          commands.tryRun(
              List.of(
                  "signify-openbsd",
                  "-V",
                  "-e",
                  "-q",
                  "-p",
                  key.toString(),
                  "-x",
                  signed.toString(),
                  "-m",
                  text.toString()),
              "",
              CommandRunner.USUAL_TIME);
      if (result.exitCode() != 0) {
        throw new Failed("news.signature");
      }
      return Files.readString(text);
    } catch (CharacterCodingException e) {
      throw new Failed(Sentence.of("news.no-list"), e);
    } finally {
      Files.deleteIfExists(text);
    }
  }
}
