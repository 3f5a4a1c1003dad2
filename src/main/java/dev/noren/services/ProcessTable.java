package dev.noren.services;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The processes of this machine as proc(5) tells of them. */
final class ProcessTable {
  /** The environment variable by which a service's processes are known; its value is the folder. */
  static final String VARIABLE = "NOREN_SERVICE";

  private static final Path PROC = Path.of("/proc");
  private static final Path BOOT_ID = PROC.resolve("sys/kernel/random/boot_id");

  /** More of an environment than any service gets from us. */
  private static final int MOST_ENVIRONMENT_BYTES = 1 << 20;

  /** The fields of /proc/PID/stat after the program's name, from 0: state, parent, start. */
  private static final int STATE = 0;

  private static final int PARENT = 1;
  private static final int START = 19;

  private ProcessTable() {}

  /**
   * A process, which its number alone does not name, since numbers come again.
   *
   * @param pid its number
   * @param parent its parent's number
   * @param startTicks when it began, clock ticks since the machine did
   */
  record Entry(long pid, long parent, long startTicks) {
    boolean isAlive() {
      return read(pid).filter(now -> now.startTicks == startTicks).isPresent();
    }

    /** Asks it to end, or ends it. The handle never hits another process of that number. */
    void end(boolean forcibly) {
      Optional<ProcessHandle> handle = ProcessHandle.of(pid);
      if (handle.isEmpty() || !isAlive()) {
        return;
      }
      if (forcibly) {
        handle.get().destroyForcibly();
      } else {
        handle.get().destroy();
      }
    }
  }

  /** What tells this run of the machine from all others, in which ticks begin at 0 again. */
  static String bootId() throws IOException {
    return Files.readString(BOOT_ID).strip();
  }

  /** The process of this number; empty where there is none or it has ended and is not buried. */
  static Optional<Entry> read(long pid) {
    String stat;
    try {
      stat =
          Files.readString(
              PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return Optional.empty();
    }
    // The name may hold anything, parentheses too; what follows the last one is numbers.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields.length <= START || fields[STATE].equals("Z") || fields[STATE].equals("X")) {
      return Optional.empty();
    }
    return Optional.of(
        new Entry(pid, Long.parseLong(fields[PARENT]), Long.parseLong(fields[START])));
  }

  /** All that live. */
  static List<Entry> all() throws IOException {
    List<Entry> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(PROC)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
          read(Long.parseLong(name)).ifPresent(all::add);
        }
      }
    }
    return all;
  }

  /** Those that the condition names, and all their children and children's children. */
  static List<Entry> families(Predicate<Entry> condition) throws IOException {
    List<Entry> all = all();
    Set<Entry> found = new HashSet<>();
    all.stream().filter(condition).forEach(found::add);
    boolean grown = !found.isEmpty();
    while (grown) {
      Set<Long> parents = new HashSet<>();
      found.forEach(entry -> parents.add(entry.pid));
      grown = found.addAll(all.stream().filter(e -> parents.contains(e.parent)).toList());
    }
    return List.copyOf(found);
  }

  /** Whether it was started as part of the service with this folder. */
  static boolean isOfService(Entry entry, Path folder) {
    byte[] environment;
    try (var in = Files.newInputStream(PROC.resolve(Long.toString(entry.pid)).resolve("environ"))) {
      environment = in.readNBytes(MOST_ENVIRONMENT_BYTES);
    } catch (IOException e) {
      // Another user's process, or one that has just ended.
      return false;
    }
    String text = "\0" + new String(environment, StandardCharsets.UTF_8) + "\0";
    return text.contains("\0" + VARIABLE + "=" + folder + "\0") && entry.isAlive();
  }
}
