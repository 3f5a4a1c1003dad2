package dev.noren.street;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of iperf3 from a host to another, and what arrived. */
public final class Iperf {
  private static final int PORT = 5201;
  private static final Duration AT_MOST = Duration.ofMinutes(2);
  private static final Pattern BYTES = Pattern.compile("\"bytes\":\\s*(\\d+)");
  private static final Pattern RATE = Pattern.compile("\"bits_per_second\":\\s*([\\d.e+]+)");

  private final String received;

  private Iperf(String received) {
    this.received = received;
  }

  /**
   * Sends this many bytes over TCP. The client ends with what it has written, so at the end up to a
   * window of 256 KiB at either side is not counted as received.
   */
  public static Iperf tcp(Host from, Host to, String address, long bytes) {
    return run(from, to, address, "-w", "256K", "-n", Long.toString(bytes));
  }

  /** Sends UDP datagrams of this size at this rate for a second. */
  public static Iperf udp(Host from, Host to, String address, int datagramBytes, String rate) {
    return run(
        from, to, address, "-u", "-b", rate, "-l", Integer.toString(datagramBytes), "-t", "1");
  }

  /** Runs a server for one client, and the client with these options. */
  public static Iperf run(Host from, Host to, String address, String... options) {
    Running server = to.start("iperf3", "-s", "-1", "-B", address);
    to.awaitListening(server, PORT);
    List<String> command =
        new ArrayList<>(List.of("iperf3", "-J", "--connect-timeout", "5000", "-c", address));
    command.addAll(List.of(options));
    Running client = from.start(command.toArray(String[]::new));
    Ran ran = from.finish(client, AT_MOST);
    to.finish(server, Duration.ofSeconds(10));
    String said = ran.must();
    int sum = said.lastIndexOf("\"sum_received\"");
    if (sum < 0) {
      throw new AssertionError("iperf3 said nothing of what was received: " + ran);
    }
    return new Iperf(said.substring(sum));
  }

  /** Bytes that the receiver counted. */
  public long bytes() {
    return Long.parseLong(find(BYTES));
  }

  /** The receiver's rate in Mbit/s. */
  public double megabits() {
    return Double.parseDouble(find(RATE)) / 1e6;
  }

  private String find(Pattern pattern) {
    Matcher matcher = pattern.matcher(received);
    if (!matcher.find()) {
      throw new AssertionError("iperf3's report has no " + pattern + ": " + received);
    }
    return matcher.group(1);
  }
}
