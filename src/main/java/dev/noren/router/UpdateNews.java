package dev.noren.router;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.config.UpdateConfig;
import dev.noren.control.NewsDesk;
import dev.noren.linux.OwnFolder;
import dev.noren.state.StateFile;
import dev.noren.text.Failed;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import dev.noren.update.LookMemory;
import dev.noren.update.LookSchedule;
import dev.noren.update.UpdateList;
import dev.noren.update.UpdateList.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.tinylog.Logger;

/**
 * Newer versions by the signed list: has it read once a week or when somebody asks, tells what is
 * in it, and fetches the newest version's file, which goes the way of one that somebody has given.
 * What is fetched comes on a thread of its own, one thing at a time.
 */
final class UpdateNews implements NewsDesk, AutoCloseable {
  private static final String LIST = "list";
  private static final String MEMORY = "looked";
  private static final String BOX = Past.words("author.box");

  private final Path folder;
  private final UpdateSource source;
  private final UpdateFetch fetch;
  private final Updates updates;
  private final BiConsumer<String, String> log;
  private final Clocks clocks;
  private final DoubleSupplier chance;
  private final LookSchedule schedule;

  /** What is being done, and the thread that does it; guarded by this. */
  private Doing doing = Doing.IDLE;

  private Thread thread;
  private boolean closed;

  /** These are written by whoever does something, one at a time. */
  private volatile LookMemory memory;

  private volatile UpdateList list;
  private volatile Sentence failure;

  /**
   * What time it is.
   *
   * @param nowNs a clock that never jumps
   * @param clock the time of day
   * @param isKept whether that is known for sure
   */
  record Clocks(LongSupplier nowNs, InstantSource clock, BooleanSupplier isKept) {
    /** The time of day where it is known for sure, or null. */
    Instant sure() {
      return isKept.getAsBoolean() ? clock.instant() : null;
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  /**
   * Remembers what an earlier run has read.
   *
   * @param folder the folder of updates in the state folder
   * @param log takes who did what
   * @param chance gives numbers from 0 to 1
   */
  UpdateNews(
      Path folder,
      UpdateSource source,
      UpdateFetch fetch,
      Updates updates,
      BiConsumer<String, String> log,
      Clocks clocks,
      DoubleSupplier chance) {
    this.folder = folder;
    this.source = source;
    this.fetch = fetch;
    this.updates = updates;
    this.log = log;
    this.clocks = clocks;
    this.chance = chance;
    this.schedule = LookSchedule.from(clocks.nowNs().getAsLong(), chance.getAsDouble());
    this.memory = LookMemory.parse(read(MEMORY));
    this.list = kept();
  }

  private String read(String name) {
    try {
      Path file = folder.resolve(name);
      return Files.exists(file) ? Files.readString(file, UTF_8) : "";
    } catch (IOException e) {
      Logger.warn("{} can't be read: {}", folder.resolve(name), e.getMessage());
      return "";
    }
  }

  private UpdateList kept() {
    String text = read(LIST);
    try {
      return text.isEmpty() ? null : UpdateList.parse(text);
    } catch (IllegalArgumentException e) {
      Logger.warn("{} is no list of versions.", folder.resolve(LIST));
      return null;
    }
  }

  private void keep(String name, String text) throws IOException {
    OwnFolder.make(folder);
    StateFile.write(folder.resolve(name), text.getBytes(UTF_8));
  }

  private void remember(LookMemory what) throws IOException {
    memory = what;
    keep(MEMORY, what.text());
  }

  private Release newest() {
    UpdateList known = list;
    return known == null || source.url() == null ? null : known.newest(source.runsSeconds());
  }

  @Override
  public News news() {
    Doing now;
    synchronized (this) {
      now = source.url() == null ? Doing.OFF : doing;
    }
    Release newest = newest();
    Integer percent =
        now == Doing.FETCHING && newest != null ? (Integer) fetch.percent(newest) : null;
    return new News(
        now,
        memory.looked(),
        newest == null ? null : newest.version(),
        newest == null ? null : newest.about().get("en"),
        newest == null ? null : newest.about().get("ja"),
        percent,
        now == Doing.IDLE ? failure : null,
        says(now, newest, percent));
  }

  private Sentence says(Doing now, Release newest, Integer percent) {
    if (now == Doing.OFF) {
      return Sentence.of("news.off");
    }
    if (now == Doing.LOOKING) {
      return Sentence.of("news.looking");
    }
    if (newest == null) {
      return Sentence.of(list == null ? "news.not-yet" : "news.none");
    }
    return percent == null
        ? Sentence.of("news.newer", newest.version())
        : Sentence.of("news.fetching", newest.version(), percent);
  }

  /** Begins what is due; called often, on the router's thread. */
  void look(UpdateConfig config) {
    LookMemory now = memory;
    if (source.url() != null
        && config.look()
        && !updates.isUnderWay()
        && schedule.isDue(
            clocks.nowNs().getAsLong(),
            clocks.clock().instant(),
            clocks.isKept().getAsBoolean(),
            now.next())) {
      begin(
          Doing.LOOKING,
          () -> {
            readList(BOX);
            Release newest = newest();
            if (config.install() == UpdateConfig.Install.NIGHT
                && failure == null
                && newest != null
                && memory.mayFetch(newest.version())) {
              become(Doing.FETCHING);
              fetchByItself(newest);
            }
          });
    }
  }

  @Override
  public void lookForUpdate(String author) throws IOException {
    if (source.url() == null) {
      throw new Failed("news.off");
    }
    if (!begin(Doing.LOOKING, () -> readList(author))) {
      throw new Failed("news.busy");
    }
  }

  @Override
  public void fetchUpdate(String author) throws IOException {
    Release newest = newest();
    if (newest == null) {
      throw new Failed("news.nothing");
    }
    updates.checkFree();
    if (!begin(Doing.FETCHING, () -> readFile(newest, author, false))) {
      throw new Failed("news.busy");
    }
  }

  /** Whether it was begun; not where something else is being done. */
  private synchronized boolean begin(Doing what, Work work) {
    if (doing != Doing.IDLE || closed) {
      return false;
    }
    doing = what;
    thread =
        new Thread(
            () -> {
              try {
                OwnFolder.make(folder);
                work.run();
              } catch (IOException | RuntimeException e) {
                failure = Sentence.of(e);
                Logger.warn("{}", failure);
              } finally {
                become(Doing.IDLE);
              }
            },
            "noren-news");
    thread.setDaemon(true);
    thread.start();
    return true;
  }

  private synchronized void become(Doing what) {
    doing = what;
  }

  /** Reads the list, and keeps what came of it. */
  private void readList(String author) throws IOException {
    Sentence before = failure;
    Sentence now;
    try {
      now = taken(fetch.list());
    } catch (IOException | IllegalArgumentException e) {
      now = Sentence.of(e);
    }
    if (Thread.interrupted()) {
      return;
    }
    failure = now;
    Instant looked = clocks.clock().instant();
    remember(memory.looked(looked, LookSchedule.next(looked, now == null, chance.getAsDouble())));
    if (now != null && (!now.equals(before) || !author.equals(BOX))) {
      log.accept(author, Past.words("past.update-not-looked", now));
    }
    Release newest = newest();
    if (newest != null && !newest.version().equals(memory.told())) {
      log.accept(author, Past.words("past.update-news", newest.version()));
      remember(memory.told(newest.version()));
    }
  }

  /** Takes a list whose signature is good; says what is wrong with it nevertheless, or null. */
  private Sentence taken(String text) throws IOException {
    UpdateList fresh = UpdateList.parse(text);
    UpdateList before = list;
    fresh.check(before == null ? 0 : before.timeSeconds(), clocks.sure());
    if (!fresh.equals(before)) {
      keep(LIST, text);
      list = fresh;
    }
    Instant now = clocks.sure();
    long days = now == null ? 0 : fresh.staleDays(now);
    return days == 0 ? null : Sentence.of("news.stale", days);
  }

  private void fetchByItself(Release release) throws IOException {
    remember(memory.tried(memory.tries() + 1));
    if (!readFile(release, BOX, true)) {
      return;
    }
    if (failure == null) {
      // Whatever becomes of it: a version that was not well is not tried every week.
      remember(memory.tried(LookMemory.MOST_TRIES));
    } else {
      Instant now = clocks.clock().instant();
      remember(memory.looked(now, LookSchedule.next(now, false, chance.getAsDouble())));
    }
  }

  /** Fetches a version's file, and gives it to the box; false where the router ends meanwhile. */
  private boolean readFile(Release release, String author, boolean atNight) throws IOException {
    try {
      updates.checkFree();
      Path file = fetch.file(release);
      log.accept(author, Past.words("past.update-fetched", release.version()));
      updates.takeWhole(file, author, atNight);
      failure = null;
    } catch (IOException | IllegalArgumentException e) {
      if (Thread.interrupted()) {
        return false;
      }
      failure = Sentence.of(e);
      log.accept(author, Past.words("past.update-not-fetched", release.version(), failure));
    } finally {
      fetch.drop();
    }
    return true;
  }

  /** Ends what is being done. */
  @Override
  public void close() {
    Thread last;
    synchronized (this) {
      closed = true;
      last = thread;
    }
    if (last != null) {
      last.interrupt();
    }
  }
}
