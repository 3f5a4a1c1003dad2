package dev.noren.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder in memory that writes down each change made to it, and a model of what a power cut after
 * any of them leaves on disk.
 *
 * <p>The model is that of a file system that promises no more than POSIX: what happens in a folder
 * reaches the disk in order but any time later, unless the folder is synced; a file's content
 * reaches it whole, in part, as zeros or not at all, unless the file is synced; and a new folder is
 * found only once the one above it is synced.
 */
final class RecordingDisk implements FileLayer {
  enum Kind {
    MAKE_FOLDER,
    SYNC_PARENTS,
    WRITE,
    SYNC,
    RENAME,
    DELETE,
    SYNC_FOLDER;

    boolean isSync() {
      return this == SYNC_PARENTS || this == SYNC || this == SYNC_FOLDER;
    }
  }

  /** One call; what it does not have is null. A character of the content is a byte. */
  record Op(Kind kind, String name, String to, String content) {
    @Override
    public String toString() {
      return kind + (name == null ? "" : " " + name) + (to == null ? "" : " → " + to);
    }
  }

  /** A file, whatever it is called: what is in it, and what of it is surely on disk. */
  private static final class Inode {
    byte[] content = new byte[0];
    byte[] synced = new byte[0];
    boolean dirty;

    Inode copy() {
      Inode copy = new Inode();
      copy.content = content;
      copy.synced = synced;
      copy.dirty = dirty;
      return copy;
    }
  }

  final List<Op> ops = new ArrayList<>();
  private boolean folder;
  private boolean folderSynced;
  private Map<String, Inode> names = new TreeMap<>();
  private Map<String, Inode> syncedNames = new TreeMap<>();
  private final List<Op> unsynced = new ArrayList<>();

  /** An empty machine: not even the folder is there. */
  RecordingDisk() {}

  /** A folder with these files, all of it on disk. */
  RecordingDisk(Map<String, byte[]> files) {
    folder = true;
    folderSynced = true;
    files.forEach(
        (name, content) -> {
          Inode inode = new Inode();
          inode.content = content;
          inode.synced = content;
          names.put(name, inode);
        });
    syncedNames = new TreeMap<>(names);
  }

  /** A disk on which these calls were made. */
  static RecordingDisk replay(RecordingDisk start, List<Op> ops) {
    RecordingDisk disk = new RecordingDisk();
    disk.folder = start.folder;
    disk.folderSynced = start.folderSynced;
    start.names.forEach((name, inode) -> disk.names.put(name, inode.copy()));
    disk.syncedNames = new TreeMap<>(disk.names);
    ops.forEach(disk::apply);
    return disk;
  }

  private void record(Kind kind, String name, String to, String content) {
    Op op = new Op(kind, name, to, content);
    ops.add(op);
    apply(op);
  }

  private void apply(Op op) {
    switch (op.kind()) {
      case MAKE_FOLDER -> folder = true;
      case SYNC_PARENTS -> folderSynced = true;
      case SYNC -> {
        Inode inode = names.get(op.name());
        inode.synced = inode.content;
        inode.dirty = false;
      }
      case SYNC_FOLDER -> {
        syncedNames = new TreeMap<>(names);
        unsynced.clear();
      }
      case WRITE -> {
        enter(names, op);
        Inode inode = names.get(op.name());
        inode.content = op.content().getBytes(ISO_8859_1);
        inode.dirty = true;
        // The same file, if it reaches the disk under that name.
        unsynced.add(op);
        made.put(op, inode);
      }
      case RENAME, DELETE -> {
        enter(names, op);
        unsynced.add(op);
      }
    }
  }

  private final IdentityHashMap<Op, Inode> made = new IdentityHashMap<>();

  private void enter(Map<String, Inode> folderNames, Op op) {
    switch (op.kind()) {
      case WRITE -> folderNames.computeIfAbsent(op.name(), n -> made.getOrDefault(op, new Inode()));
      case RENAME -> folderNames.put(op.to(), folderNames.remove(op.name()));
      case DELETE -> folderNames.remove(op.name());
      default -> throw new IllegalArgumentException(op.toString());
    }
  }

  /** Every state in which a power cut now can leave the disk. */
  List<RecordingDisk> afterPowerCut() {
    List<RecordingDisk> left = new ArrayList<>();
    if (!folderSynced) {
      left.add(new RecordingDisk());
    }
    for (int happened = 0; folder && happened <= unsynced.size(); happened++) {
      Map<String, Inode> found = new TreeMap<>(syncedNames);
      unsynced.subList(0, happened).forEach(op -> enter(found, op));
      contents(new ArrayList<>(found.entrySet()), 0, new LinkedHashMap<>(), left);
    }
    return left;
  }

  private static void contents(
      List<Map.Entry<String, Inode>> files,
      int index,
      Map<String, byte[]> chosen,
      List<RecordingDisk> left) {
    if (index == files.size()) {
      left.add(new RecordingDisk(chosen));
      return;
    }
    for (byte[] content : possible(files.get(index).getValue())) {
      Map<String, byte[]> more = new LinkedHashMap<>(chosen);
      more.put(files.get(index).getKey(), content);
      contents(files, index + 1, more, left);
    }
  }

  private static List<byte[]> possible(Inode inode) {
    if (!inode.dirty) {
      return List.of(inode.content);
    }
    int length = inode.content.length;
    byte[] half = Arrays.copyOf(inode.content, length / 2);
    return List.of(
        inode.synced,
        new byte[0],
        half,
        Arrays.copyOf(half, length),
        new byte[length],
        Arrays.copyOf(inode.content, length - 1),
        inode.content);
  }

  @Override
  public String place() {
    return "/state/config";
  }

  @Override
  public void makeFolder() {
    if (!folder) {
      record(Kind.MAKE_FOLDER, null, null, null);
    }
  }

  @Override
  public void syncParents() {
    record(Kind.SYNC_PARENTS, null, null, null);
  }

  @Override
  public Closeable lock() {
    return () -> {};
  }

  @Override
  public List<String> list() {
    return List.copyOf(names.keySet());
  }

  @Override
  public byte[] read(String name) throws IOException {
    return find(name).content.clone();
  }

  @Override
  public long modifiedMs(String name) throws IOException {
    return find(name) == null ? 0 : 1_795_000_000_000L;
  }

  private Inode find(String name) throws IOException {
    Inode inode = names.get(name);
    if (inode == null) {
      throw new NoSuchFileException(name);
    }
    return inode;
  }

  @Override
  public void write(String name, byte[] content) {
    record(Kind.WRITE, name, null, new String(content, ISO_8859_1));
  }

  @Override
  public void sync(String name) throws IOException {
    find(name);
    record(Kind.SYNC, name, null, null);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    find(from);
    record(Kind.RENAME, from, to, null);
  }

  @Override
  public void delete(String name) throws IOException {
    find(name);
    record(Kind.DELETE, name, null, null);
  }

  @Override
  public void syncFolder() {
    record(Kind.SYNC_FOLDER, null, null, null);
  }
}
