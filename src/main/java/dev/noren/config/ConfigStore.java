package dev.noren.config;

import dev.noren.text.Failed;
import dev.noren.text.Sentence;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the router's document and those before it: {@code config-NUMBER.json} in the folder {@code
 * config} of the state folder. The highest number that is whole is the one in force. A save makes a
 * new file and changes none, so that a power cut at any moment leaves the old document or the new.
 */
public final class ConfigStore {
  /** How many good documents are kept. */
  public static final int KEEP = 20;

  /** For {@link #save}: whatever is in force. */
  public static final int ANY = -1;

  private static final Pattern NAME = Pattern.compile("config-([1-9]\\d{0,8})\\.json");
  private static final String TEMPORARY = ".new";
  private static final int MAX_LINE = 200;

  private final FileLayer files;

  ConfigStore(FileLayer files) {
    this.files = files;
  }

  /** The store of one state folder; nothing is touched yet. */
  public static ConfigStore in(Path stateFolder) {
    return new ConfigStore(new DiskFiles(stateFolder.resolve("config")));
  }

  /**
   * What is in force.
   *
   * @param current the last good document, or {@link StoredConfig#UNCLAIMED}
   * @param notices what is to be said: each newer document that could not be used, one sentence
   * @param trial what a router follows instead until somebody confirms it, or null
   */
  public record Loaded(StoredConfig current, List<Sentence> notices, StoredConfig trial) {
    /** What is in force, with nothing on trial. */
    public Loaded(StoredConfig current, List<Sentence> notices) {
      this(current, notices, null);
    }

    /** What a router follows. */
    public StoredConfig followed() {
      return trial == null ? current : trial;
    }
  }

  /** One file: what is in it, or why it can't be used. */
  private record Entry(StoredConfig stored, Sentence problem) {}

  /**
   * Finds what is in force.
   *
   * @throws IOException with a sentence, where the folder can't be read, or there are documents and
   *     none is good: to begin anew by itself would open a shop's box to whoever comes first
   */
  public synchronized Loaded load() throws IOException {
    return load(entries());
  }

  private Loaded load(NavigableMap<Integer, Entry> entries) throws IOException {
    List<Sentence> problems = new ArrayList<>();
    for (Entry entry : entries.descendingMap().values()) {
      StoredConfig used = entry.stored();
      if (used != null) {
        return new Loaded(
            used,
            problems.stream()
                .map(
                    problem ->
                        Sentence.of(
                            "store.not-used",
                            problem,
                            used.number(),
                            used.savedAt(),
                            used.author()))
                .toList());
      }
      problems.add(entry.problem());
    }
    if (!problems.isEmpty()) {
      throw new Failed(
          "store.none-good",
          files.place(),
          problems.stream().reduce((one, other) -> Sentence.of("store.both", one, other)).get());
    }
    return new Loaded(StoredConfig.UNCLAIMED, List.of());
  }

  /** The good documents that are kept, the oldest first. */
  public synchronized List<StoredConfig> history() throws IOException {
    return entries().values().stream().map(Entry::stored).filter(s -> s != null).toList();
  }

  /**
   * Saves a document; when this returns, it outlives a power cut.
   *
   * @param basedOn the number that was in force when the change was thought out, or {@link #ANY}
   * @param author who it is, and from where
   * @param change what it changes, without a secret
   * @param now the time, for people
   * @return what is now in force
   * @throws ConfigException where the document contradicts itself
   * @throws IOException with a sentence, where it can't be written, or another one came between
   */
  public synchronized StoredConfig save(
      RouterConfig config, int basedOn, String author, String change, Instant now)
      throws IOException, ConfigException {
    files.makeFolder();
    Closeable lock = files.lock();
    try {
      NavigableMap<Integer, Entry> entries = entries();
      checkInForce(basedOn, entries);
      int number = entries.isEmpty() ? 1 : entries.lastKey() + 1;
      StoredConfig stored =
          new StoredConfig(
              number, now.truncatedTo(ChronoUnit.SECONDS), line(author), line(change), config);
      write(stored, entries.isEmpty());
      entries.put(number, new Entry(stored, null));
      deleteOld(entries);
      return stored;
    } finally {
      lock.close();
    }
  }

  private void checkInForce(int basedOn, NavigableMap<Integer, Entry> entries) throws IOException {
    if (basedOn == ANY) {
      return;
    }
    checkInForce(basedOn, load(entries).current());
  }

  /**
   * Looks whether a change was thought out for what is in force.
   *
   * @param basedOn the number that was in force then
   * @throws IOException with a sentence, where it was not
   */
  public static void checkInForce(int basedOn, StoredConfig current) throws IOException {
    if (current.number() != basedOn) {
      throw new Failed("store.changed", current.number(), current.author());
    }
  }

  private void write(StoredConfig stored, boolean first) throws IOException, ConfigException {
    String name = name(stored.number());
    byte[] content = StoredFile.write(stored);
    if (!StoredFile.read(name, stored.number(), content).equals(stored)) {
      throw new IllegalStateException("what would be written reads back as something else");
    }
    // One that a power cut left would be taken over with who may read it.
    for (String old : files.list()) {
      if (old.endsWith(TEMPORARY)) {
        files.delete(old);
      }
    }
    files.write(name + TEMPORARY, content);
    files.sync(name + TEMPORARY);
    if (first) {
      // Before there is a document in it, so that a folder with one needs this no more.
      files.syncParents();
    }
    files.rename(name + TEMPORARY, name);
    files.syncFolder();
  }

  /** Those before the last good ones; that they are gone need not outlive a power cut. */
  private void deleteOld(NavigableMap<Integer, Entry> entries) {
    List<Integer> good =
        entries.entrySet().stream()
            .filter(entry -> entry.getValue().stored() != null)
            .map(Map.Entry::getKey)
            .sorted(Comparator.reverseOrder())
            .limit(KEEP)
            .toList();
    if (good.size() < KEEP) {
      return;
    }
    for (int number : entries.headMap(good.getLast()).keySet()) {
      try {
        files.delete(name(number));
      } catch (IOException e) {
        // The document is saved, which is what was asked for; the next save tries again.
        return;
      }
    }
  }

  private NavigableMap<Integer, Entry> entries() throws IOException {
    NavigableMap<Integer, Entry> entries = new TreeMap<>();
    try {
      for (String name : files.list()) {
        Matcher matcher = NAME.matcher(name);
        if (matcher.matches()) {
          int number = Integer.parseInt(matcher.group(1));
          Entry entry = entry(name, number);
          if (entry != null) {
            entries.put(number, entry);
          }
        }
      }
    } catch (AccessDeniedException e) {
      throw new Failed(Sentence.of("store.not-readable", files.place()), e);
    }
    return entries;
  }

  /** Null where it was deleted meanwhile, as one too old. */
  private Entry entry(String name, int number) throws IOException {
    try {
      return new Entry(StoredFile.read(name, number, files.read(name)), null);
    } catch (NoSuchFileException e) {
      return null;
    } catch (AccessDeniedException e) {
      throw e;
    } catch (IOException e) {
      return new Entry(null, Sentence.of("store.unread", name, Sentence.of(e)));
    } catch (ConfigException e) {
      String when = Instant.ofEpochMilli(files.modifiedMs(name)).toString();
      return new Entry(null, Sentence.of("store.written", e.errors().getFirst().sentence(), when));
    }
  }

  private static String name(int number) {
    return "config-" + number + ".json";
  }

  private static String line(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(MAX_LINE)
        .forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return line.isEmpty() ? "-" : line.toString();
  }
}
