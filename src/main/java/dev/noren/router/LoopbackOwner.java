package dev.noren.router;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whose a connection over loopback is, as the kernel knows it. */
final class LoopbackOwner {
  /** Of IPv4, and of sockets of IPv6 that speak it. */
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

  /** 127.0.0.1 as the kernel prints it, in the order of a machine that begins with the least. */
  private static final String LOOPBACK = "0100007F";

  /** The same in the clothes of IPv6 (RFC 4291, 2.5.5.2). */
  private static final String MAPPED = "0000000000000000FFFF0000";

  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int USER = 7;

  private LoopbackOwner() {}

  /** Whether the end of it that has this port is of our own user. */
  static boolean isOurs(int port, int toPort) throws IOException {
    int user = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    for (Path table : TABLES) {
      if (Files.exists(table) && isOf(user, Files.readAllLines(table, US_ASCII), port, toPort)) {
        return true;
      }
    }
    return false;
  }

  /** The same of a table of the kernel's (proc_net_tcp.txt in its documentation). */
  static boolean isOf(int user, List<String> table, int port, int toPort) {
    String local = place(port);
    String remote = place(toPort);
    return table.stream()
        .map(line -> line.strip().split("\\s+"))
        .anyMatch(
            row ->
                row.length > USER
                    && plain(row[LOCAL]).equals(local)
                    && plain(row[REMOTE]).equals(remote)
                    && row[USER].equals(Integer.toString(user)));
  }

  private static String plain(String place) {
    return place.startsWith(MAPPED) ? place.substring(MAPPED.length()) : place;
  }

  private static String place(int port) {
    return LOOPBACK + ":%04X".formatted(port);
  }
}
