package dev.noren.router;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.control.UpdateDesk;
import dev.noren.text.Failed;
import dev.noren.text.Past;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import dev.noren.update.UpdateHead;
import dev.noren.update.UpdateState;
import dev.noren.update.UpdateState.Kind;
import dev.noren.update.UpdateTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.tinylog.Logger;

/**
 * New versions: takes a file, has the root helper check and write it, has the machine restart with
 * it, and has it stay once it is well. What the helper says of it is read from its file each time,
 * so that a restart of the router changes nothing.
 */
final class Updates implements UpdateDesk, AutoCloseable {
  /** The folder in the state folder that the helper finds the file in. */
  static final String FOLDER = "update";

  private static final long LOOK_NS = SECONDS.toNanos(1);

  /** So long at most the helper takes to say of a file that it has begun. */
  private static final long BEGIN_NS = SECONDS.toNanos(10);

  private static final String BOX = Past.words("author.box");

  private final Path line;
  private final UpdateUpload upload;
  private final UpdateNotes notes;
  private final MachineCare.Helper helper;
  private final BiConsumer<String, String> log;
  private final InstantSource clock;
  private final BooleanSupplier clockIsKept;
  private final UpdateWatch.Sight sight;

  /** Held while files are written or the helper is asked; the router's thread does not wait. */
  private final ReentrantLock lock = new ReentrantLock();

  private volatile Begun begun;
  private UpdateWatch watch;
  private volatile boolean underWay;
  private long dueNs;
  private String unclear = "";

  /** The helper was told to begin with a version when its file said this. */
  private record Begun(String version, String before, long atNs) {}

  /**
   * @param log takes who did what
   * @param clockIsKept whether the time of day is known for sure
   * @param sight what is seen of the router while a version is on trial
   */
  Updates(
      Path state,
      MachineCare.Helper helper,
      BiConsumer<String, String> log,
      InstantSource clock,
      BooleanSupplier clockIsKept,
      UpdateWatch.Sight sight) {
    this.line = state.resolve("helper").resolve(UpdateState.FILE);
    this.upload = new UpdateUpload(state.resolve(FOLDER));
    this.notes = new UpdateNotes(state.resolve(FOLDER));
    this.helper = helper;
    this.log = log;
    this.clock = clock;
    this.clockIsKept = clockIsKept;
    this.sight = sight;
    this.dueNs = sight.nowNs();
  }

  /** What the helper says, or null where it says nothing. */
  private String said() throws IOException {
    try {
      return Files.readString(line, US_ASCII).strip();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private UpdateState state(String said) {
    Begun now = begun;
    if (now != null) {
      if (now.before.equals(said) && sight.nowNs() - now.atNs < BEGIN_NS) {
        return UpdateState.writing(0, now.version);
      }
      begun = null;
    }
    try {
      return UpdateState.parse(said);
    } catch (Refused e) {
      if (!unclear.equals(said)) {
        unclear = said;
        Logger.warn("{}", e.getMessage());
      }
      return UpdateState.NONE;
    }
  }

  @Override
  public Update update() throws IOException {
    UpdateState state = state(said());
    boolean tonight = state.kind() == Kind.READY && state.version().equals(notes.tonight());
    boolean writes = state.kind() == Kind.WRITING;
    return new Update(
        Updates.class.getPackage().getImplementationVersion(),
        state.kind(),
        state.version(),
        writes ? state.percent() : null,
        tonight,
        tonight ? Sentence.of("update.tonight", state.version()) : state.says());
  }

  @Override
  public void giveUpdate(long offset, long of, byte[] part, String author) throws IOException {
    lock.lock();
    try {
      String said = said();
      checkFree(said);
      UpdateHead whole = upload.take(offset, of, part, sight.nowNs());
      if (whole != null) {
        install(whole.version(), said, author);
      }
    } finally {
      lock.unlock();
    }
  }

  private void checkFree(String said) throws IOException {
    UpdateState state = state(said);
    if (!state.kind().takesAnother()) {
      throw new Failed(state.kind() == Kind.NONE ? state.says() : Sentence.of("update.busy"), null);
    }
  }

  /**
   * Looks whether another file can be given to the box now.
   *
   * @throws IOException with a sentence, where it can't
   */
  void checkFree() throws IOException {
    checkFree(said());
  }

  /**
   * Takes a whole file that the box has fetched, and has it checked and written as any other.
   *
   * @param atNight whether its version is to begin at night
   * @throws IllegalArgumentException where it is no such file
   */
  void takeWhole(Path file, String author, boolean atNight) throws IOException {
    lock.lock();
    try {
      String said = said();
      checkFree(said);
      String version = upload.takeWhole(file).version();
      install(version, said, author);
      if (atNight) {
        notes.tonight(version);
        log.accept(author, Past.words("past.update-tonight", version));
      }
    } finally {
      lock.unlock();
    }
  }

  private void install(String version, String said, String author) throws IOException {
    log.accept(author, Past.words("past.update-given", version));
    notes.tonight(null);
    notes.told(null);
    begun = new Begun(version, said, sight.nowNs());
    try {
      helper.ask("update install");
    } catch (IOException e) {
      begun = null;
      upload.deleteImage();
      throw failed("past.update-not-taken", "update.not-begun", e, author);
    }
  }

  private Failed failed(String past, String key, IOException e, String author) {
    log.accept(author, Past.words(past, e.getMessage()));
    return new Failed(Sentence.of(key, Sentence.of(e)), e);
  }

  @Override
  public void tryUpdate(String author) throws IOException {
    lock.lock();
    try {
      String version = ready();
      // Before, since afterwards there may be no time; and it is tried once, whatever comes of it.
      notes.tonight(null);
      log.accept(author, Past.words("past.update-tries", version));
      try {
        helper.ask("update try");
      } catch (IOException e) {
        throw failed("past.update-not-tried", "update.not-tried", e, author);
      }
    } finally {
      lock.unlock();
    }
  }

  private String ready() throws IOException {
    UpdateState state = state(said());
    if (state.kind() != Kind.READY) {
      throw new Failed("update.not-ready");
    }
    return state.version();
  }

  @Override
  public void tryTonight(boolean wanted, String author) throws IOException {
    lock.lock();
    try {
      String version = ready();
      notes.tonight(wanted ? version : null);
      log.accept(
          author,
          wanted
              ? Past.words("past.update-tonight", version)
              : Past.words("past.update-not-tonight", version));
    } finally {
      lock.unlock();
    }
  }

  /** Whether a version is being written, or has to prove itself, as it was seen last. */
  boolean isUnderWay() {
    return underWay;
  }

  /** Sees what became of one, and does what is due; called often, on the router's thread. */
  void look() {
    if (sight.nowNs() - dueNs < 0 || !lock.tryLock()) {
      return;
    }
    try {
      dueNs = sight.nowNs() + LOOK_NS;
      upload.growOld(sight.nowNs());
      String said = said();
      UpdateState state = state(said);
      underWay = state.isUnderWay();
      if (state.isDone()) {
        upload.deleteImage();
      }
      tell(state, said);
      if (state.kind() == Kind.TRYING && watch == null) {
        watch = new UpdateWatch(sight, () -> keep(state.version()));
      }
      if (state.kind() == Kind.READY && state.version().equals(notes.tonight()) && isNight()) {
        tryUpdate(BOX);
      }
    } catch (IOException e) {
      Logger.warn("{}", e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  /** Writes down once what became of a version, also where this program did not run meanwhile. */
  private void tell(UpdateState state, String said) {
    switch (state.kind()) {
      case READY -> tell(said, Past.words("past.update-ready", state.version()));
      case FAILED -> tell(said, Past.words("past.update-not-taken", state.says()));
      case RETURNED -> tell(said, Past.words("past.update-returned", state.version()));
      case TRYING -> tell(said, Past.words("past.update-trying", state.version()));
      case NONE, IDLE, OLDER, WRITING -> {}
    }
  }

  private void tell(String said, String what) {
    if (!said.equals(notes.told())) {
      log.accept(BOX, what);
      notes.told(said);
    }
  }

  private boolean isNight() {
    return clockIsKept.getAsBoolean()
        && UpdateTrial.isNight(LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault()));
  }

  private boolean keep(String version) {
    try {
      helper.ask("update commit");
      log.accept(BOX, Past.words("past.update-stays", version));
      return true;
    } catch (IOException e) {
      Logger.warn("The version on trial is well, but can't be kept yet: {}", e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }
}
