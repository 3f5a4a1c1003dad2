package dev.noren.services;

import dev.noren.plan.ServicePlan;
import dev.noren.services.ProcessTable.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tinylog.Logger;

/**
 * The folder of one service, {@code run/NAME} below the state folder: its files, and in {@code pid}
 * which process it is, so that the next Noren finds it after this one was killed.
 *
 * <pre>
 * pid   one line: process id, when it began in clock ticks since boot, the boot's id
 * </pre>
 */
final class ServiceFolder {
  private static final String RUN = "run";
  private static final String PID = "pid";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@=+-]{0,63}");
  private static final Pattern RECORD = Pattern.compile("(\\d{1,10}) (\\d{1,18}) (\\S{1,64})");

  /** What is killed ends as soon as the machine gets round to it, however busy that is. */
  private static final long KILLED_NS = TimeUnit.SECONDS.toNanos(10);

  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(5);

  private final StateFolder folder;

  private ServiceFolder(StateFolder folder) {
    this.folder = folder;
  }

  /** Opens the folder of a service, making it where it is not. */
  static ServiceFolder open(Path state, String name) throws IOException {
    return new ServiceFolder(
        StateFolder.open(state.resolve(RUN).toAbsolutePath().normalize(), checked(name)));
  }

  /** Every service that has a folder. */
  static List<ServiceFolder> all(Path state) throws IOException {
    Path run = state.resolve(RUN);
    if (!Files.isDirectory(run)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(run)) {
      List<String> names =
          folders
              .filter(Files::isDirectory)
              .map(folder -> folder.getFileName().toString())
              .filter(name -> NAME.matcher(name).matches())
              .sorted()
              .toList();
      List<ServiceFolder> all = new ArrayList<>();
      for (String name : names) {
        all.add(open(state, name));
      }
      return all;
    }
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("\"" + name + "\" can't be a file's name");
    }
    return name;
  }

  /** Where it is. */
  Path path() {
    return folder.path();
  }

  /** Writes a plan's files. */
  void write(ServicePlan plan) throws IOException {
    for (Map.Entry<String, String> file : plan.files().entrySet()) {
      String text = here(file.getValue());
      folder.write(
          checked(file.getKey()),
          text.getBytes(StandardCharsets.UTF_8),
          PosixFilePermissions.fromString(text.startsWith("#!") ? "rwx------" : "rw-------"));
    }
  }

  /** Deletes a plan's files; what the service wrote itself, as the leases it gave, stays. */
  void delete(ServicePlan plan) throws IOException {
    for (String file : plan.files().keySet()) {
      folder.delete(checked(file));
    }
  }

  /** Forgets what a line gave: what an ended service was promised is nobody's promise. */
  void forget() throws IOException {
    folder.delete(LeaseFiles.FILE);
  }

  /** A text with the folder's path in it. */
  String here(String text) {
    return text.replace(ServicePlan.FOLDER, path().toString());
  }

  /** Writes down which process it is. */
  void record(long pid) throws IOException {
    Optional<Entry> entry = ProcessTable.read(pid);
    if (entry.isPresent()) {
      String line = pid + " " + entry.get().startTicks() + " " + ProcessTable.bootId() + "\n";
      folder.write(PID, line.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /**
   * Ends the service's processes, whoever started them: the recorded one and what has this folder
   * in its environment, with all their children. Nobody else's process is touched, though it have
   * the recorded number.
   *
   * @param graceNs how long they may take to end by themselves, nanoseconds
   * @throws IOException with a sentence, where one can't be ended
   */
  void endAll(long graceNs) throws IOException {
    ProcessTable.families(ours()).forEach(entry -> entry.end(false));
    if (!ended(graceNs, entry -> {})) {
      Logger.warn("{} does not end when asked, so it is killed.", folder.path().getFileName());
      if (!ended(KILLED_NS, entry -> entry.end(true))) {
        throw new IOException(
            "the processes of " + folder.path().getFileName() + " can't be ended");
      }
    }
    folder.delete(PID);
  }

  /**
   * Waits until none of them is left; more may have come meanwhile, so each look is a new one.
   *
   * @param each what is done to those that are left, at each look
   */
  private boolean ended(long mostNs, Consumer<Entry> each) throws IOException {
    long untilNs = System.nanoTime() + mostNs;
    while (true) {
      List<Entry> left = ProcessTable.families(ours());
      if (left.isEmpty()) {
        return true;
      }
      left.forEach(each);
      if (System.nanoTime() - untilNs >= 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NS);
    }
  }

  private Predicate<Entry> ours() throws IOException {
    Optional<Entry> recorded = recorded();
    Path path = path();
    long self = ProcessHandle.current().pid();
    return entry ->
        entry.pid() != self
            && (recorded.filter(r -> isSame(r, entry)).isPresent()
                || ProcessTable.isOfService(entry, path));
  }

  private static boolean isSame(Entry one, Entry other) {
    return one.pid() == other.pid() && one.startTicks() == other.startTicks();
  }

  /** The recorded process; empty where there is none of this boot. */
  private Optional<Entry> recorded() throws IOException {
    Path file = folder.file(PID);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var matcher = RECORD.matcher(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
    if (!matcher.matches() || !matcher.group(3).equals(ProcessTable.bootId())) {
      return Optional.empty();
    }
    return Optional.of(
        new Entry(Long.parseLong(matcher.group(1)), 0, Long.parseLong(matcher.group(2))));
  }
}
