package dev.noren.router;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.control.SupportDesk;
import dev.noren.control.UpdateDesk.Update;
import dev.noren.linux.OwnFolder;
import dev.noren.support.SupportText;
import dev.noren.text.Failed;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import dev.noren.update.UpdateState.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.tinylog.Logger;

/** Makes support files, and has the root helper put them onto the card that a PC can read. */
final class SupportFile implements SupportDesk {
  /** Where the helper finds it in the state folder. */
  static final String FOLDER = "support";

  static final String FILE = "file";

  /** What the helper calls it on the card. */
  static final String ON_CARD = "noren-support.txt";

  private final Path folder;
  private final SupportParts parts;
  private final SupportSources.Source<Update> update;
  private final MachineCare.Helper helper;
  private final Consumer<Boolean> writing;
  private final BiConsumer<String, String> log;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * @param update says whether this machine was made from an image, and so has such a card
   * @param writing is told when the card begins to be written to, and when that is over
   * @param log takes who did what
   */
  SupportFile(
      Path state,
      SupportParts parts,
      SupportSources.Source<Update> update,
      MachineCare.Helper helper,
      Consumer<Boolean> writing,
      BiConsumer<String, String> log,
      InstantSource clock) {
    this.folder = state.resolve(FOLDER);
    this.parts = parts;
    this.update = update;
    this.helper = helper;
    this.writing = writing;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public Support support(boolean hideAddresses, boolean toCard, String author) throws IOException {
    if (!lock.tryLock()) {
      throw new Failed("support.busy");
    }
    try {
      boolean card = toCard && update.get().state() != Kind.NONE;
      log.accept(author, Past.words("past.support"));
      if (!card) {
        return new Support(parts.text(clock.instant(), hideAddresses), null);
      }
      // From the begin on: who has pressed the button sees that something is done for it.
      writing.accept(true);
      try {
        String text = parts.text(clock.instant(), hideAddresses);
        return new Support(text, toCard(text, author));
      } finally {
        writing.accept(false);
      }
    } finally {
      lock.unlock();
    }
  }

  private Sentence toCard(String text, String author) {
    Path file = folder.resolve(FILE);
    try {
      OwnFolder.make(folder);
      Files.deleteIfExists(file);
      Files.write(file, SupportText.forPc(text).getBytes(UTF_8));
      helper.ask("support");
      return Sentence.of("support.on-card", ON_CARD);
    } catch (IOException e) {
      log.accept(author, Past.words("past.support-not-on-card", e.getMessage()));
      return Sentence.of("support.not-on-card", Sentence.of(e));
    } finally {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        Logger.warn("{} can't be deleted: {}", file, e.getMessage());
      }
    }
  }
}
