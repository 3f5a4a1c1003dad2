package dev.noren.router;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.audit.AuditFiles;
import dev.noren.config.ConfigStore;
import dev.noren.config.ConfigStore.Loaded;
import dev.noren.config.StoredConfig;
import dev.noren.control.ConfigDesk;
import dev.noren.control.Operations;
import dev.noren.control.UpdateDesk.Update;
import dev.noren.doctor.Diagnosis;
import dev.noren.state.ReservedTime;
import dev.noren.status.LogEntry;
import dev.noren.status.LogQuery;
import dev.noren.status.RouterStatus;
import dev.noren.text.Failed;
import dev.noren.tunnel.Drop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Where a support file has from what the router itself knows. What can't be had is said in its
 * place.
 *
 * @param document the documents in force and on trial
 * @param history those that were saved
 * @param log the last entries
 * @param status the newest snapshot
 * @param diagnosis what is wrong
 * @param signal what the lights show, as the table of signals calls it
 * @param update how far an update is
 * @param drops what each tunnel has dropped, and why
 */
record SupportSources(
    Source<Loaded> document,
    Source<List<StoredConfig>> history,
    Source<List<LogEntry>> log,
    Source<RouterStatus> status,
    Source<Diagnosis> diagnosis,
    Source<String> signal,
    Source<Update> update,
    Source<Map<String, Map<Drop, Long>>> drops) {
  private static final LogQuery LAST = new LogQuery(null, null, 400);

  /** How long to wait for who is asked why something does not work. */
  private static final long PATIENCE_NS = SECONDS.toNanos(5);

  private static final long LOOK_MS = 500;

  /** Gives something, now. */
  interface Source<T> {
    T get() throws IOException;
  }

  /** Of the router that runs in this process. */
  static SupportSources of(
      Source<? extends Operations> router, Source<Map<String, Map<Drop, Long>>> drops) {
    return new SupportSources(
        () -> router.get().load(),
        () -> router.get().history(),
        () -> router.get().log(LAST),
        () -> router.get().status(),
        () -> settled(router.get()),
        () -> router.get().lights().signal(),
        () -> router.get().update(),
        drops);
  }

  /** Of a state folder on which no router runs. */
  static SupportSources stopped(Path state) {
    Source<ConfigDesk> files =
        () ->
            new StateConfig(ConfigStore.in(state), ReservedTime.in(state), InstantSource.system());
    return new SupportSources(
        () -> files.get().load(),
        () -> files.get().history(),
        () -> new AuditFiles(state).entries(LAST),
        nothing(),
        nothing(),
        nothing(),
        nothing(),
        nothing());
  }

  private static <T> Source<T> nothing() {
    return () -> {
      throw new Failed("router.not-running");
    };
  }

  /** That it is asked has the line and far ends asked; they have some seconds to answer. */
  private static Diagnosis settled(Operations router) throws IOException {
    long fromNs = System.nanoTime();
    Diagnosis diagnosis = router.diagnose();
    try {
      while (!diagnosis.settled() && System.nanoTime() - fromNs < PATIENCE_NS) {
        Thread.sleep(LOOK_MS);
        diagnosis = router.diagnose();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return diagnosis;
  }
}
