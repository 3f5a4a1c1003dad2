package dev.noren.street;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks an address for an echo from a host. */
public final class Ping {
  private static final Pattern AVERAGE = Pattern.compile("= [\\d.]+/([\\d.]+)/");

  private Ping() {}

  /**
   * One echo request; whether its answer came within a second.
   *
   * @param to whom, behind further options of ping's where there are any
   */
  public static boolean once(Host from, String... to) {
    List<String> command = new ArrayList<>(List.of("ping", "-n", "-c", "1", "-W", "1"));
    command.addAll(List.of(to));
    return from.run(command.toArray(String[]::new)).ok();
  }

  /** Three echo requests in quick succession; whether none was answered. */
  public static boolean isSilent(Host from, String to) {
    return !from.run("ping", "-n", "-c", "3", "-i", "0.1", "-W", "0.3", to).ok();
  }

  /** Asks until an answer comes; fails after {@link Wait#LONG}. */
  public static void answers(Host from, String to) {
    answers(from, to, Wait.LONG);
  }

  /** Asks until an answer comes; fails after {@code atMost}. */
  public static void answers(Host from, String to, Duration atMost) {
    Wait.until(to + " answers a ping", atMost, () -> once(from, to), () -> "");
  }

  /** Asks with this many bytes of echo data until an answer comes. */
  public static void answers(Host from, String to, int dataBytes) {
    String size = Integer.toString(dataBytes);
    Wait.until(
        to + " answers a ping of " + size + " bytes",
        () -> from.run("ping", "-n", "-c", "1", "-W", "1", "-s", size, to).ok());
  }

  /** The average round trip of many echoes, in milliseconds. */
  public static double averageMs(Host from, String to, int count) {
    String said = from.must("ping", "-n", "-q", "-i", "0.01", "-c", Integer.toString(count), to);
    Matcher average = AVERAGE.matcher(said);
    if (!average.find()) {
      throw new AssertionError("ping said no average: " + said);
    }
    return Double.parseDouble(average.group(1));
  }
}
