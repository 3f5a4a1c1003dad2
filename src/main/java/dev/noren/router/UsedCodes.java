package dev.noren.router;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.noren.access.UsedSteps;
import dev.noren.state.StateFile;
import dev.noren.text.Failed;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import org.tinylog.Logger;

/** The file that says which codes were used. */
final class UsedCodes {
  /** Its name in the state folder. */
  static final String FILE = "used-codes";

  private UsedCodes() {}

  /** What an earlier run left; where that can't be read, whatever could have been used was. */
  static UsedSteps in(Path state, Instant now) {
    Path file = state.resolve(FILE);
    UsedSteps.Keeper keeper = text -> keep(file, text);
    try {
      return UsedSteps.of(Files.readString(file, US_ASCII), keeper);
    } catch (NoSuchFileException e) {
      return UsedSteps.of("", keeper);
    } catch (IOException | IllegalArgumentException e) {
      Logger.error("{} can't be read: no code that is older than it is taken.", file);
      return UsedSteps.unknown(now, keeper);
    }
  }

  private static void keep(Path file, String text) throws IOException {
    try {
      StateFile.write(file, text);
    } catch (IOException e) {
      Logger.error("{} can't be written: {}.", file, e.getMessage());
      throw new Failed(Sentence.of("signin.not-kept"), e);
    }
  }
}
