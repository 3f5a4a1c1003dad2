package dev.noren.audit;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.text.Past;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums up where devices open connections to, so that a day's work is few lines. A device that is
 * new is told of after some seconds, and then once in ten minutes; more seldom where there are many
 * of them, so that all of them together are a hundred lines an hour. One thread.
 */
public final class OpenedConnections {
  /** How long a device's connections are summed up, at least. */
  static final long PERIOD_NS = MINUTES.toNanos(10);

  /** How long at least for each device that there is. */
  static final long EACH_NS = SECONDS.toNanos(36);

  /** How long those of a new one are. */
  static final long FIRST_NS = SECONDS.toNanos(5);

  /** The most devices that are told apart; the rest are summed up as others. */
  static final int MOST_DEVICES = 64;

  /** The most destinations of a device that are told apart. */
  static final int MOST_DESTINATIONS = 64;

  private static final String OTHERS = Past.words("author.others");

  /** Room for what stands at a line's end. */
  private static final int MOST_LISTED = AuditLine.MOST_TEXT - 40;

  private final Map<String, Device> devices = new HashMap<>();
  private long lost;

  /** What is to be written down. */
  public record Told(String who, String what) {}

  private static final class Device {
    private final Map<String, Long> destinations = new LinkedHashMap<>();
    private long elsewhere;
    private long dueNs;

    private Device(long dueNs) {
      this.dueNs = dueNs;
    }

    void opened(String destination) {
      if (destinations.size() < MOST_DESTINATIONS || destinations.containsKey(destination)) {
        destinations.merge(destination, 1L, Long::sum);
      } else {
        elsewhere++;
      }
    }

    /** One line's worth of text, and nothing is known any more. */
    String tell() {
      StringBuilder text = new StringBuilder();
      for (Map.Entry<String, Long> each : destinations.entrySet()) {
        String next = (text.isEmpty() ? "" : "; ") + times(each.getKey(), each.getValue());
        if (text.length() + next.length() > MOST_LISTED) {
          elsewhere += each.getValue();
        } else {
          text.append(next);
        }
      }
      if (elsewhere > 0) {
        text.append(text.isEmpty() ? "" : "; ").append(Past.words("past.and-more", elsewhere));
      }
      destinations.clear();
      elsewhere = 0;
      return text.toString();
    }

    private static String times(String destination, long count) {
      return count == 1 ? destination : Past.words("past.times", destination, count);
    }
  }

  /**
   * After a connection was opened.
   *
   * @param who the device
   * @param destination where to and which way, on one line
   * @param nowNs a clock that never jumps, nanoseconds
   */
  public void opened(String who, String destination, long nowNs) {
    String name = devices.containsKey(who) || devices.size() < MOST_DEVICES ? who : OTHERS;
    devices.computeIfAbsent(name, each -> new Device(nowNs + FIRST_NS)).opened(destination);
  }

  /** After it was not known what connections were opened, that many times. */
  public void lost(long times) {
    lost += times;
  }

  /** What is due; a device that has opened nothing in all its time is new again. */
  public List<Told> poll(long nowNs) {
    List<Told> told = new ArrayList<>();
    devices.values().removeIf(each -> nowNs - each.dueNs >= 0 && each.destinations.isEmpty());
    devices.forEach(
        (who, device) -> {
          if (nowNs - device.dueNs >= 0) {
            device.dueNs = nowNs + Math.max(PERIOD_NS, devices.size() * EACH_NS);
            told.add(new Told(who, device.tell()));
          }
        });
    if (lost > 0 && !told.isEmpty()) {
      told.add(new Told("-", Past.words("past.too-many-flows")));
      lost = 0;
    }
    return told;
  }

  /** All that is not told yet, as at the end. */
  public List<Told> rest() {
    List<Told> told = new ArrayList<>();
    devices.forEach(
        (who, device) -> {
          if (!device.destinations.isEmpty()) {
            told.add(new Told(who, device.tell()));
          }
        });
    devices.clear();
    return told;
  }
}
