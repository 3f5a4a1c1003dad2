package dev.noren.services;

import dev.noren.plan.RouterFacts.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tinylog.Logger;

/**
 * What the DHCP clients have got: the file {@code lease} in the folder of {@code udhcpc-PORT},
 * which their script replaces whole. For one thread, which looks every second or so.
 */
public final class LeaseFiles {
  /** What a client's service is called, before the port's name. */
  public static final String SERVICE = "udhcpc-";

  /** The file that the script writes. */
  public static final String FILE = "lease";

  private static final int MOST_BYTES = 4096;

  private final Path run;
  private final Map<String, Seen> seen = new HashMap<>();

  /** What a file said, so that it is read and complained about once. */
  private record Seen(String text, Optional<Lease> lease) {}

  /**
   * Those of a router.
   *
   * @param state its state folder
   */
  public LeaseFiles(Path state) {
    this.run = state.resolve("run");
  }

  /**
   * Looks at them.
   *
   * @param ports those whose clients run
   * @return the leases by port; none for one that has got nothing or nothing that can be used
   */
  public Map<String, Lease> read(Collection<String> ports) {
    seen.keySet().retainAll(ports);
    Map<String, Lease> leases = new HashMap<>();
    for (String port : ports) {
      read(port).ifPresent(lease -> leases.put(port, lease));
    }
    return leases;
  }

  private Optional<Lease> read(String port) {
    String text;
    try {
      text = text(run.resolve(SERVICE + port).resolve(FILE));
    } catch (NoSuchFileException e) {
      seen.remove(port);
      return Optional.empty();
    } catch (IOException e) {
      Logger.warn("The lease of {} can't be read: {}.", port, Sentences.reason(e));
      return Optional.empty();
    }
    Seen before = seen.get(port);
    if (before == null || !before.text.equals(text)) {
      before =
          new Seen(
              text,
              LeaseText.read(
                  text,
                  why -> Logger.warn("Of what {} was given, this is left out: {}.", port, why)));
      seen.put(port, before);
    }
    return before.lease;
  }

  private static String text(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("it is no plain file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }
  }

  /** Forgets what a client had got, before it starts: an old lease is nobody's promise. */
  public void forget(String port) throws IOException {
    Files.deleteIfExists(run.resolve(SERVICE + port).resolve(FILE));
  }
}
