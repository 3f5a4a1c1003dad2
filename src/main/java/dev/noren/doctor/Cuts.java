package dev.noren.doctor;

import java.util.List;

/**
 * The interruptions of tunnels that are remembered.
 *
 * @param watchedSeconds for how long somebody has been looking
 * @param all those of the last day, the newest last
 */
public record Cuts(long watchedSeconds, List<Cut> all) {
  /** Nobody has looked yet. */
  public static final Cuts NONE = new Cuts(0, List.of());

  public Cuts {
    all = List.copyOf(all);
  }

  /** Those of a far end that began in the last so many seconds. */
  List<Cut> of(String tunnel, String publicKey, long seconds) {
    return all.stream()
        .filter(each -> each.tunnel().equals(tunnel) && each.publicKey().equals(publicKey))
        .filter(each -> each.ageSeconds() < seconds)
        .toList();
  }
}
