package dev.noren.doctor;

import dev.noren.net.IpAddress;
import dev.noren.status.RouterStatus.Line;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** When something last happened to the line in use. For one thread. */
final class LinePast {
  private final Map<String, IpAddress> addresses = new HashMap<>();
  private String used;
  private boolean gone;
  private Long noCableNs;
  private Long noAddressNs;
  private Long noWayNs;
  private Long otherAddressNs;

  /** Looks once. */
  void look(List<Line> lines, long nowNs) {
    Line usable = lines.stream().filter(LinePast::isUsable).findFirst().orElse(null);
    Line former =
        lines.stream().filter(line -> line.device().equals(used)).findFirst().orElse(null);
    gone = usable == null;
    if (used != null && (former == null || !isUsable(former))) {
      note(former, nowNs);
    }
    if (usable != null) {
      used = usable.device();
    }
    addresses.keySet().retainAll(lines.stream().map(Line::device).toList());
    for (Line line : lines) {
      IpAddress now = line.address() == null ? null : line.address().address();
      IpAddress before = now == null ? null : addresses.put(line.device(), now);
      if (line.device().equals(used) && before != null && !Objects.equals(before, now)) {
        otherAddressNs = nowNs;
      }
    }
  }

  private static boolean isUsable(Line line) {
    return line.cable() && line.address() != null && line.healthy();
  }

  private void note(Line former, long nowNs) {
    if (former == null || !former.cable()) {
      noCableNs = nowNs;
    } else if (former.address() == null) {
      noAddressNs = nowNs;
    } else {
      noWayNs = nowNs;
    }
  }

  /** Whether no line leads anywhere at this moment. */
  boolean isGone() {
    return gone;
  }

  /** Whether there was no cable at this time or later. */
  boolean hadNoCable(long sinceNs) {
    return isSince(noCableNs, sinceNs);
  }

  /** The same of an address. */
  boolean hadNoAddress(long sinceNs) {
    return isSince(noAddressNs, sinceNs);
  }

  /** The same of a way to the internet. */
  boolean hadNoWay(long sinceNs) {
    return isSince(noWayNs, sinceNs);
  }

  /** Whether it has had another address since. */
  boolean hadOtherAddress(long sinceNs) {
    return isSince(otherAddressNs, sinceNs);
  }

  private static boolean isSince(Long atNs, long sinceNs) {
    return atNs != null && atNs - sinceNs >= 0;
  }
}
