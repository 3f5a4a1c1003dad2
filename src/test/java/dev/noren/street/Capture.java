package dev.noren.street;

import java.util.List;

/** Listens on a host's link with tcpdump, and tells what passed as text. */
public final class Capture implements AutoCloseable {
  private final Host host;
  private final Running tcpdump;

  private Capture(Host host, Running tcpdump) {
    this.host = host;
    this.tcpdump = tcpdump;
  }

  /** Starts to listen for what a filter of pcap(7) matches, and waits until it listens. */
  public static Capture on(Host host, String link, String filter) {
    return on(host, link, "inout", filter);
  }

  /** The same only for what the host receives there. */
  public static Capture received(Host host, String link, String filter) {
    return on(host, link, "in", filter);
  }

  private static Capture on(Host host, String link, String direction, String filter) {
    Running tcpdump =
        host.start(
            "tcpdump", "-l", "-n", "-xx", "--immediate-mode", "-Q", direction, "-i", link, filter);
    Wait.until("tcpdump listens", () -> tcpdump.said().contains("listening on"));
    return new Capture(host, tcpdump);
  }

  /** The lines until now, each packet's summary followed by its bytes in hex. */
  public List<String> lines() {
    return tcpdump.out().lines().toList();
  }

  /** The packets' summary lines until now. */
  public List<String> packets() {
    return lines().stream().filter(line -> !line.startsWith("\t")).toList();
  }

  @Override
  public void close() {
    tcpdump.close();
    host.forget(tcpdump);
  }
}
