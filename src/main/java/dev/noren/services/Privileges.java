package dev.noren.services;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a router must be allowed to do: three of root's capabilities (capabilities(7)). A router
 * that is not root must have them as ambient ones, since only these are handed on to ip, nft,
 * dnsmasq and the others that it runs.
 *
 * <pre>
 * CAP_NET_BIND_SERVICE   10   ports below 1024: DNS, DHCP, the page
 * CAP_NET_ADMIN          12   interfaces, routes, rules, firewall, kernel settings of the network,
 *                             marks of packets
 * CAP_NET_RAW            13   DHCP as a client, echo requests
 * </pre>
 */
public final class Privileges {
  private static final Path OWN = Path.of("/proc/thread-self/status");
  private static final List<String> NAMES =
      List.of("CAP_NET_BIND_SERVICE", "CAP_NET_ADMIN", "CAP_NET_RAW");
  private static final int[] BITS = {10, 12, 13};

  private Privileges() {}

  /**
   * Checks those of the calling thread.
   *
   * @throws IOException with one sentence: which are missing, and what to do
   */
  public static void check() throws IOException {
    check(Files.readString(OWN, StandardCharsets.ISO_8859_1));
  }

  /** As {@link #check()}, from the text of a /proc/PID/status. */
  static void check(String status) throws IOException {
    boolean root = field(status, "Uid:\\s+\\d+\\s+(\\d+)", 10) == 0;
    List<String> missing = missing(field(status, "CapEff:\\s+([0-9a-f]+)", 16));
    if (!missing.isEmpty()) {
      throw new IOException(
          "the router needs "
              + String.join(" and ", missing)
              + ": run it as root, or give its user these capabilities as ambient ones, as"
              + " AmbientCapabilities= of a systemd unit or setpriv --ambient-caps does");
    }
    missing = missing(field(status, "CapAmb:\\s+([0-9a-f]+)", 16));
    if (!root && !missing.isEmpty()) {
      throw new IOException(
          "the router has "
              + String.join(" and ", missing)
              + ", but not as ambient ones, so the programs that it runs would be without: use"
              + " AmbientCapabilities= of a systemd unit or setpriv --ambient-caps");
    }
  }

  private static List<String> missing(long held) {
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < BITS.length; i++) {
      if ((held >>> BITS[i] & 1) == 0) {
        missing.add(NAMES.get(i));
      }
    }
    return missing;
  }

  private static long field(String status, String pattern, int radix) throws IOException {
    Matcher matcher = Pattern.compile("(?m)^" + pattern).matcher(status);
    if (!matcher.find()) {
      throw new IOException(OWN + " does not say what this process may do");
    }
    return Long.parseUnsignedLong(matcher.group(1), radix);
  }
}
