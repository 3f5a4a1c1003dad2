package dev.noren.notice;

import java.time.Instant;
import java.util.List;

/**
 * What has to be known after a restart, so that each thing is told once.
 *
 * @param number of how many notices there were
 * @param down since when there is no internet or no tunnel, where the owner is told that; or null
 * @param devices the hardware addresses that were seen, or null where nobody has looked yet
 * @param waiting the notices that have still to go out, the oldest first
 * @param day when the day began whose notices are counted
 * @param today how many there were on it
 * @param held how many more there would have been
 */
public record Memory(
    long number,
    Instant down,
    List<String> devices,
    List<Notice> waiting,
    Instant day,
    int today,
    int held) {
  /** Of a box that is new. */
  public static final Memory NONE = new Memory(0, null, null, List.of(), Instant.EPOCH, 0, 0);

  public Memory {
    devices = devices == null ? null : List.copyOf(devices);
    waiting = List.copyOf(waiting);
  }
}
