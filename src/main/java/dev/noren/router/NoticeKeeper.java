package dev.noren.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.config.NoticesConfig;
import dev.noren.config.RouterConfig;
import dev.noren.control.NoticeDesk;
import dev.noren.control.RecordJson;
import dev.noren.notice.Memory;
import dev.noren.notice.Notice;
import dev.noren.notice.Notice.Channel;
import dev.noren.notice.NoticeBook;
import dev.noren.notice.NoticeBook.Sending;
import dev.noren.notice.Voice;
import dev.noren.plan.Layout;
import dev.noren.router.WaysOut.Way;
import dev.noren.state.StateFile;
import dev.noren.status.Condition;
import dev.noren.status.LogEntry;
import dev.noren.status.RouterStatus;
import dev.noren.text.Failed;
import dev.noren.text.Past;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.tinylog.Logger;

/**
 * Has the owner told what happens, on a thread of its own: the router does not wait for a mail
 * server. What was told outlives a restart in a file that is written when something is.
 */
final class NoticeKeeper implements NoticeDesk, AutoCloseable {
  /** In the state folder. */
  static final String FILE = "told";

  private static final long LOOK_MS = SECONDS.toMillis(1);
  private static final long KEEP_NS = SECONDS.toNanos(1);
  private static final int MOST_TRIED = 10;

  private final Path file;
  private final NoticePost post;
  private final BiConsumer<String, String> log;
  private final InstantSource clock;
  private final NoticeBook book;
  private final Deque<Tried> tried = new ArrayDeque<>();
  private final ReentrantLock testing = new ReentrantLock();
  private final Thread thread = new Thread(this::run, "noren-notices");
  private Memory kept;
  private boolean keepFailed;
  private long keepsNs = System.nanoTime();
  private NoticesConfig config = NoticesConfig.OFF;
  private String shop = RouterConfig.DEFAULT.name();
  private List<Way> ways = List.of();
  private boolean closed;

  /**
   * Begins.
   *
   * @param patienceNs for how long the shop has to be down before its owner is told
   * @param log takes who did what
   */
  NoticeKeeper(
      Path state,
      NoticePost post,
      long patienceNs,
      BiConsumer<String, String> log,
      InstantSource clock) {
    this.file = state.resolve(FILE);
    this.post = post;
    this.log = log;
    this.clock = clock;
    this.kept = read(file);
    this.book = new NoticeBook(kept, patienceNs, voice());
    post.sweep();
    thread.setDaemon(true);
    thread.start();
  }

  private static Memory read(Path file) {
    try {
      return Files.exists(file)
          ? RecordJson.read(Files.readString(file, UTF_8), Memory.class)
          : Memory.NONE;
    } catch (IOException | Refused e) {
      Logger.warn(
          "{} can't be read, so that something may be told again: {}", file, e.getMessage());
      return Memory.NONE;
    }
  }

  private Voice voice() {
    return new Voice(config.language(), shop, ZoneId.systemDefault());
  }

  /** Sees how it is; called often, on the router's thread. */
  synchronized void look(
      Condition now, RouterConfig followed, Layout layout, List<RouterStatus.Lease> leases) {
    long nowNs = System.nanoTime();
    config = followed.notices();
    shop = followed.name();
    ways = WaysOut.of(layout);
    book.follow(config, voice(), nowNs);
    book.condition(now, clock.instant(), nowNs);
    book.devices(leases, clock.instant());
    if (nowNs - keepsNs >= 0) {
      keepsNs = nowNs + KEEP_NS;
      keep();
    }
    notifyAll();
  }

  /** Something was written down; on any thread. */
  void happened(LogEntry entry) {
    if (entry.kind() == LogEntry.Kind.SIGNIN || entry.kind() == LogEntry.Kind.CONFIG) {
      synchronized (this) {
        book.happened(entry, System.nanoTime());
      }
    }
  }

  private void keep() {
    Memory memory = book.memory();
    if (memory.equals(kept)) {
      return;
    }
    try {
      StateFile.write(file, (RecordJson.write(memory, false) + "\n").getBytes(UTF_8));
      kept = memory;
      keepFailed = false;
    } catch (IOException e) {
      if (!keepFailed) {
        Logger.warn("After a restart something may be told again: {}", e.getMessage());
      }
      keepFailed = true;
    }
  }

  private void run() {
    try {
      while (true) {
        Sending next;
        NoticesConfig by;
        String from;
        List<Way> over;
        synchronized (this) {
          next = next();
          while (next == null && !closed) {
            wait(LOOK_MS);
            next = next();
          }
          if (closed) {
            return;
          }
          by = config;
          from = shop;
          over = ways;
        }
        became(next, post.send(next.notice(), next.channel(), by, from, over));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Before the document is known, nothing is sent. */
  private Sending next() {
    return closed || !config.isOn() ? null : book.next(System.nanoTime());
  }

  private synchronized void became(Sending sending, Sentence why) {
    if (closed) {
      return;
    }
    if (why == null) {
      book.sent(sending);
      Logger.info(
          "A notice ({}) went out by {}.",
          sending.notice().kind().word(),
          RecordJson.wordOf(sending.channel()));
    } else {
      book.failed(sending, System.nanoTime());
      Logger.warn(
          "A notice ({}) did not go out by {}, and is tried again: {}",
          sending.notice().kind().word(),
          RecordJson.wordOf(sending.channel()),
          why);
    }
    remember(tried(sending.notice(), sending.channel(), why));
    keep();
  }

  private Tried tried(Notice notice, Channel channel, Sentence why) {
    return new Tried(
        clock.instant(),
        notice.kind().word(),
        RecordJson.wordOf(channel),
        why == null,
        why == null
            ? Sentence.of(channel == Channel.MAIL ? "notices.mailed" : "notices.posted")
            : why);
  }

  private void remember(Tried one) {
    tried.addFirst(one);
    if (tried.size() > MOST_TRIED) {
      tried.removeLast();
    }
  }

  @Override
  public synchronized Notices notices() {
    return new Notices(
        config.mail() == null ? null : config.mail().to(),
        config.webhook() == null ? null : config.webhook().url().place().host(),
        config.events().stream().sorted().map(NoticesConfig.Event::word).toList(),
        book.memory().waiting().size(),
        List.copyOf(tried));
  }

  @Override
  public List<Tried> testNotices(String author) throws IOException {
    if (!testing.tryLock()) {
      throw new Failed("notices.busy");
    }
    try {
      return test(author);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failed(Sentence.of("router.ending"), e);
    } finally {
      testing.unlock();
    }
  }

  /** Both ways at once, so that who waits at the page is answered in time. */
  private List<Tried> test(String author) throws IOException, InterruptedException {
    List<Channel> channels = new ArrayList<>();
    List<FutureTask<Sentence>> tasks = new ArrayList<>();
    Notice notice;
    synchronized (this) {
      NoticesConfig by = config;
      String from = shop;
      List<Way> over = ways;
      Notice test = NoticeBook.test(voice(), clock.instant());
      notice = test;
      if (by.mail() != null) {
        channels.add(Channel.MAIL);
      }
      if (by.webhook() != null) {
        channels.add(Channel.WEBHOOK);
      }
      channels.forEach(
          each -> tasks.add(new FutureTask<>(() -> post.send(test, each, by, from, over))));
    }
    if (channels.isEmpty()) {
      throw new Failed("notices.none");
    }
    log.accept(author, Past.words("past.notices-tested"));
    for (FutureTask<Sentence> task : tasks) {
      Thread sender = new Thread(task, "noren-notice-test");
      sender.setDaemon(true);
      sender.start();
    }
    List<Tried> all = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      try {
        all.add(tried(notice, channels.get(i), tasks.get(i).get()));
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
    synchronized (this) {
      all.forEach(this::remember);
    }
    return all;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      keep();
      notifyAll();
    }
    thread.interrupt();
  }
}
