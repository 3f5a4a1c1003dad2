package dev.noren.web;

import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** The time zones that there are, by the names of the world's database. */
final class Zones {
  /** What most who use this are in. */
  private static final List<String> USUAL =
      List.of(
          "Asia/Tokyo",
          "Asia/Seoul",
          "Asia/Shanghai",
          "Asia/Singapore",
          "Australia/Sydney",
          "Europe/London",
          "Europe/Paris",
          "America/New_York",
          "America/Los_Angeles",
          "UTC");

  private Zones() {}

  /** The same, and before them one that is none of these but in use. */
  static List<String> all(String used) {
    List<String> known = known();
    return known.contains(used) ? known : Stream.concat(Stream.of(used), known.stream()).toList();
  }

  /** Those that may be chosen, the usual ones first. */
  static List<String> known() {
    return Stream.concat(
            USUAL.stream(),
            ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.matches("[A-Z][A-Za-z]+/.*") && !id.matches("(Etc|SystemV)/.*"))
                .filter(id -> !USUAL.contains(id))
                .sorted())
        .toList();
  }
}
