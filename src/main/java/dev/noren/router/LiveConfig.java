package dev.noren.router;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.noren.config.ConfigException;
import dev.noren.config.ConfigStore;
import dev.noren.config.ConfigStore.Loaded;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.config.StoredConfig;
import dev.noren.control.Confirmation;
import dev.noren.state.ReservedTime;
import dev.noren.status.RouterStatus.Pending;
import dev.noren.text.Failed;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The document that a running router follows. A change is carried out first and saved then; one
 * that could cut its author off is saved only once somebody confirms it, and is undone otherwise.
 * So whatever happens in between, a router that starts anew follows the old document.
 *
 * <p>All calls come from the router's one thread.
 */
final class LiveConfig extends ConfigEdits {
  /** The router, which carries a configuration out. */
  interface Follower {
    /**
     * Carries out all of it or nothing.
     *
     * @throws IOException with a sentence, after which what was in force before is in force
     */
    void follow(StoredConfig config) throws IOException;

    /** After what is carried out is what was saved, and nobody will go back to anything else. */
    void settled();

    /** After something happened that belongs into the audit log. */
    void happened(String who, String what);
  }

  private final InstantSource clock;
  private final LongSupplier nowNs;
  private final Follower follower;
  private final Confirmation confirmation;
  private StoredConfig kept;
  private int basedOn;
  private Instant appliedAt;

  /** Why the change that is to be undone was never a trial, or null. */
  private Sentence unsavedBecause;

  /**
   * A desk on the document that the router follows already.
   *
   * @param kept what it follows, as it was loaded
   * @param time what the router's tunnels take their timestamps from
   * @param clock the time of day, for people
   * @param nowNs a clock that never jumps, nanoseconds
   */
  LiveConfig(
      ConfigStore store,
      StoredConfig kept,
      ReservedTime time,
      InstantSource clock,
      LongSupplier nowNs,
      Follower follower) {
    this(store, kept, time, clock, nowNs, follower, new Confirmation());
  }

  /** The same with a patience of its own. */
  LiveConfig(
      ConfigStore store,
      StoredConfig kept,
      ReservedTime time,
      InstantSource clock,
      LongSupplier nowNs,
      Follower follower,
      Confirmation confirmation) {
    super(store, time);
    this.confirmation = confirmation;
    this.kept = kept;
    this.clock = clock;
    this.nowNs = nowNs;
    this.follower = follower;
    this.appliedAt = clock.instant();
  }

  /** When the router began to follow what it follows; that it was confirmed changes nothing. */
  Instant appliedAt() {
    return appliedAt;
  }

  private void follow(StoredConfig config) throws IOException {
    follower.follow(config);
    appliedAt = clock.instant();
  }

  /** What the router follows: what was saved, or what is being tried. */
  StoredConfig inForce() {
    return confirmation.trial() == null ? kept : confirmation.trial();
  }

  /** The change that waits, or null. */
  Pending pending() {
    StoredConfig trial = confirmation.trial();
    if (trial == null) {
      return null;
    }
    long at = nowNs.getAsLong();
    return new Pending(
        trial.change(),
        trial.author(),
        clock.instant().plusNanos(confirmation.leftNs(at)),
        confirmation.leftSeconds(at));
  }

  /**
   * Undoes a change that waited for too long; to be called a few times a second.
   *
   * @return whether one was undone
   * @throws IOException with a sentence, where it could not be; the next call tries again
   */
  boolean undoIfDue() throws IOException {
    if (!confirmation.isDue(nowNs.getAsLong())) {
      return false;
    }
    String what = confirmation.trial().change();
    String undone =
        unsavedBecause == null
            ? Past.words(
                "past.undone-unconfirmed", NANOSECONDS.toSeconds(confirmation.patienceNs()), what)
            : Past.words("past.undone-unsaved", unsavedBecause, what);
    undo();
    follower.happened("-", undone);
    return true;
  }

  private void undo() throws IOException {
    follow(kept);
    confirmation.end();
    unsavedBecause = null;
    follower.settled();
  }

  @Override
  public Loaded load() throws IOException {
    Loaded loaded = store.load();
    StoredConfig trial = confirmation.trial();
    if (trial == null) {
      return loaded;
    }
    List<Sentence> notices = new ArrayList<>(loaded.notices());
    notices.add(waits(trial));
    return new Loaded(loaded.current(), notices, trial);
  }

  private Sentence waits(StoredConfig trial) {
    return unsavedBecause != null
        ? Sentence.of(
            "live.unsaved", Past.who(trial.author()), unsavedBecause, Past.what(trial.change()))
        : Sentence.of(
            "live.tried",
            Past.who(trial.author()),
            Past.what(trial.change()),
            confirmation.leftSeconds(nowNs.getAsLong()));
  }

  @Override
  Outcome take(Edit edit) throws IOException, ConfigException {
    return take(edit, edit.before().number());
  }

  @Override
  Outcome takeAnew(RouterConfig config, String what, String author)
      throws IOException, ConfigException {
    // There is nothing good in the folder, but there is what the router follows.
    return take(new Edit(kept, config, what, author, List.of()), ConfigStore.ANY);
  }

  /**
   * Carries out a step of a pairing and saves it at once: it adds to the document what two persons
   * have compared digits for, or what leads to nothing but their conversation, and nobody is there
   * to confirm what follows from a message.
   *
   * @throws IOException with a sentence, also while another change waits to be confirmed
   */
  Outcome settle(RouterConfig after, String what, String author)
      throws IOException, ConfigException {
    StoredConfig before = load().current();
    return take(new Edit(before, after, what, author, List.of()), before.number(), false);
  }

  private Outcome take(Edit edit, int based) throws IOException, ConfigException {
    return take(edit, based, Confirmation.isNeeded(edit.before().config(), edit.after()));
  }

  private Outcome take(Edit edit, int based, boolean tried) throws IOException, ConfigException {
    if (confirmation.trial() != null) {
      throw new Failed("live.waits", waits(confirmation.trial()));
    }
    // Only what could be read back is worth being tried.
    RouterJson.read(Sentence.of("file.configuration"), RouterJson.write(edit.after()));
    StoredConfig next =
        new StoredConfig(
            edit.before().number() + 1, clock.instant(), edit.author(), edit.what(), edit.after());
    follow(next);
    if (tried) {
      // What was saved beside us is what it goes back to.
      kept = edit.before();
      basedOn = based;
      confirmation.begin(next, nowNs.getAsLong());
      follower.happened(edit.author(), Past.words("past.tries", edit.what()));
      return new Outcome(next.number(), edit.what(), true, edit.remarks(), pending());
    }
    try {
      keep(next, based, edit.what());
    } catch (IOException | ConfigException e) {
      goBack(next, e);
      throw e;
    }
    follower.settled();
    follower.happened(edit.author(), Past.words("past.saved", kept.number(), edit.what()));
    return new Outcome(kept.number(), kept.change(), true, edit.remarks(), null);
  }

  /**
   * After a change that could not be saved. Where it can't be undone either, the router goes on
   * with it, and {@link #undoIfDue} tries again.
   */
  private void goBack(StoredConfig unsaved, Exception why) {
    try {
      follow(kept);
    } catch (IOException | RuntimeException e) {
      why.addSuppressed(e);
      unsavedBecause = Sentence.of(why);
      confirmation.beginDue(unsaved, nowNs.getAsLong());
    }
  }

  private void keep(StoredConfig next, int based, String what) throws IOException, ConfigException {
    kept = store.save(next.config(), based, next.author(), what, clock.instant());
  }

  @Override
  public Outcome confirm(String author) throws IOException {
    StoredConfig trial = confirmation.trial();
    if (trial == null) {
      throw new Failed("live.nothing");
    }
    if (confirmation.isDue(nowNs.getAsLong())) {
      throw new Failed("live.too-late");
    }
    boolean byAnother = !author.equals(trial.author());
    try {
      keep(
          trial,
          basedOn,
          byAnother ? Past.words("past.confirmed-by", trial.change(), author) : trial.change());
    } catch (ConfigException e) {
      throw new IllegalStateException("it was read back before it was tried", e);
    }
    confirmation.end();
    follower.settled();
    follower.happened(author, Past.words("past.confirmed", kept.number(), trial.change()));
    return new Outcome(kept.number(), kept.change(), true, List.of(), null);
  }

  /** Going back to what was saved last undoes a change that waits. */
  @Override
  public Outcome rollback(int number, String author) throws IOException, ConfigException {
    StoredConfig trial = confirmation.trial();
    if (trial == null || number != kept.number()) {
      return super.rollback(number, author);
    }
    undo();
    follower.happened(author, Past.words("past.undone", trial.change()));
    return new Outcome(
        kept.number(), kept.change(), false, List.of(Sentence.of("live.undone")), null);
  }
}
