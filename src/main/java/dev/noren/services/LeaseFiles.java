package dev.noren.services;

import dev.noren.plan.RouterFacts.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tinylog.Logger;

/**
 * What lines gave, as the clients' scripts wrote it down, each in a file that is replaced whole:
 *
 * <pre>
 * run/udhcpc-DEVICE/lease       an address, by DHCP
 * run/dhclient6-DEVICE/lease    a prefix for the shop, by DHCPv6
 * helper/pppd-DEVICE.lease      an address, by PPPoE
 * </pre>
 *
 * For one thread, which looks every second or so.
 */
public final class LeaseFiles {
  /** What udhcpc's service is called, before the port's name. */
  public static final String DHCP = "udhcpc-";

  /** What dhclient's service is called, before the device's name. */
  public static final String PREFIX = "dhclient6-";

  /** The file that the script writes. */
  public static final String FILE = "lease";

  private static final int MOST_BYTES = 4096;

  private final Path run;
  private final Path helper;
  private final Map<Path, Seen> seen = new HashMap<>();

  /** What a file said, so that it is read and complained about once. */
  private record Seen(String text, Optional<Lease> lease) {}

  /**
   * Those of a router.
   *
   * @param state its state folder
   */
  public LeaseFiles(Path state) {
    this.run = state.resolve("run");
    this.helper = state.resolve("helper");
  }

  /**
   * Looks at them.
   *
   * @param ports the port of each device that may be a line's: of itself, or of a PPP interface
   * @return the leases by device; none for one that has got nothing or nothing that can be used
   */
  public Map<String, Lease> read(Map<String, String> ports) {
    Map<String, Lease> leases = new HashMap<>();
    Set<Path> looked = new HashSet<>();
    ports.forEach(
        (device, port) -> {
          boolean ppp = !device.equals(port);
          Path addressFile =
              ppp
                  ? helper.resolve("pppd-" + device + ".lease")
                  : run.resolve(DHCP + device).resolve(FILE);
          Path prefixFile = run.resolve(PREFIX + device).resolve(FILE);
          looked.add(addressFile);
          looked.add(prefixFile);
          Optional<Lease> address = read(device, addressFile);
          // A PPP interface is there only while it has an address.
          Optional<Lease> prefix =
              address.isPresent() || !ppp ? read(device, prefixFile) : Optional.empty();
          merged(address, prefix).ifPresent(lease -> leases.put(device, lease));
        });
    seen.keySet().retainAll(looked);
    return leases;
  }

  /** What gives an address gives all but the prefix; a static line has nothing but a prefix. */
  private static Optional<Lease> merged(Optional<Lease> address, Optional<Lease> prefix) {
    if (address.isEmpty() || prefix.isEmpty()) {
      return address.or(() -> prefix);
    }
    Lease lease = address.get();
    return Optional.of(
        new Lease(
            lease.address(),
            lease.gateway(),
            lease.dns(),
            lease.domain(),
            lease.mtuBytes(),
            prefix.get().delegated()));
  }

  private Optional<Lease> read(String device, Path file) {
    String text;
    try {
      text = text(file);
    } catch (NoSuchFileException e) {
      seen.remove(file);
      return Optional.empty();
    } catch (IOException e) {
      Logger.warn("The lease of {} can't be read: {}.", device, Sentences.reason(e));
      return Optional.empty();
    }
    Seen before = seen.get(file);
    if (before == null || !before.text.equals(text)) {
      before =
          new Seen(
              text,
              LeaseText.read(
                  text,
                  why -> Logger.warn("Of what {} was given, this is left out: {}.", device, why)));
      seen.put(file, before);
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
}
