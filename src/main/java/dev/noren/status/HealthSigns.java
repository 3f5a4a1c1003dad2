package dev.noren.status;

import dev.noren.status.RouterStatus.Line;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import java.util.List;

/**
 * What was seen of the router at one moment, as far as its health goes by it.
 *
 * @param claimed whether somebody has configured the box
 * @param cable whether any port's cable leads to something that is on; without one there may be no
 *     line yet
 * @param lines the lines, the preferred one first
 * @param tunnels the tunnels
 * @param echoes how far ends answer through them
 * @param why what the doctor has said of it
 * @param clockUnsure whether the clock is known to be behind
 * @param updating whether a new version is being written, or has to prove itself
 * @param stuck whether a loop on a packet's way does not get on
 */
public record HealthSigns(
    boolean claimed,
    boolean cable,
    List<Line> lines,
    List<Tunnel> tunnels,
    List<Echoes> echoes,
    Why why,
    boolean clockUnsure,
    boolean updating,
    boolean stuck) {
  private static final int NAMES_AND_CLOCK = 3;
  private static final int QUALITY = 6;

  public HealthSigns {
    lines = List.copyOf(lines);
    tunnels = List.copyOf(tunnels);
    echoes = List.copyOf(echoes);
  }

  /**
   * What the doctor says.
   *
   * @param known whether he has looked at what is so now
   * @param fault what he found that fails, or null
   * @param nothingBeyond whether that is that nothing answers beyond the line
   */
  public record Why(boolean known, Finding fault, boolean nothingBeyond) {
    /** He has not looked. */
    public static final Why UNKNOWN = new Why(false, null, false);
  }

  /** Where nobody has asked the doctor yet. */
  public HealthSigns(
      boolean claimed,
      boolean cable,
      List<Line> lines,
      List<Tunnel> tunnels,
      List<Echoes> echoes,
      boolean clockUnsure,
      boolean updating,
      boolean stuck) {
    this(claimed, cable, lines, tunnels, echoes, Why.UNKNOWN, clockUnsure, updating, stuck);
  }

  /** The same with what the doctor says. */
  public HealthSigns explained(Why by) {
    return new HealthSigns(
        claimed, cable, lines, tunnels, echoes, by, clockUnsure, updating, stuck);
  }

  /** The state of health that fits. */
  public Health fits() {
    Health plain = plain();
    return plain.works() || plain == Health.UNPROVED ? flawed(plain) : explained(plain);
  }

  /** The finding that goes with a state, or null. */
  Finding finding(Health health) {
    boolean none = health.isWell() || health == Health.FAULT;
    return none || why.fault == null || isOfCaller(why.fault) ? null : why.fault;
  }

  /** Without what the doctor says: it needs no question to anybody. */
  public Health plain() {
    if (stuck) {
      return Health.FAULT;
    }
    if (updating) {
      return Health.UPDATING;
    }
    if (lines.isEmpty() ? !cable : lines.stream().noneMatch(Line::cable)) {
      return Health.NO_CABLE;
    }
    if (!claimed) {
      return Health.SETUP;
    }
    if (lines.stream().noneMatch(Line::healthy)) {
      return lines.stream().anyMatch(line -> line.cable() && line.address() != null)
          ? Health.NO_INTERNET
          : Health.NO_ADDRESS;
    }
    Health ofTunnels = new TunnelHealth(tunnels, echoes).get();
    if (!ofTunnels.works()) {
      return ofTunnels;
    }
    if (!lines.getFirst().healthy()) {
      return Health.FALLBACK;
    }
    if (echoes.stream().anyMatch(each -> each.isLossy() || each.isLate())) {
      return Health.POOR;
    }
    return clockUnsure ? Health.CLOCK : ofTunnels;
  }

  /** Where it does not work: for the reason that was found, and not for the one that is likely. */
  private Health explained(Health plain) {
    boolean tries = plain == Health.TRYING || isDown(plain);
    if (tries && why.nothingBeyond) {
      return Health.NO_INTERNET;
    }
    return isDown(plain) && finding(plain) != null ? Health.down(why.fault.group()) : plain;
  }

  /** Where it seems to work, or might: if something was found, it is not all well. */
  private Health flawed(Health plain) {
    if (why.fault == null || isOfCaller(why.fault)) {
      return plain;
    }
    if (why.nothingBeyond && plain != Health.UP) {
      return Health.NO_INTERNET;
    }
    int group = why.fault.group();
    if (plain == Health.UNPROVED && isOfAllHeld(why.fault)) {
      return Health.down(group);
    }
    return switch (group) {
      case NAMES_AND_CLOCK -> Health.CLOCK;
      case QUALITY -> Health.POOR;
      default -> Health.DEGRADED;
    };
  }

  private static boolean isDown(Health health) {
    return health.badness() == Health.DOWN_1.badness();
  }

  /** Whether it is about who only calls in: that is his trouble, and not the box's. */
  private boolean isOfCaller(Finding finding) {
    return finding.farEnd() != null
        && tunnels.stream()
            .filter(tunnel -> tunnel.name().text().equals(finding.tunnel()))
            .flatMap(tunnel -> tunnel.peers().stream())
            .anyMatch(peer -> peer.callsIn() && isCalled(peer, finding.farEnd()));
  }

  private static boolean isCalled(Peer peer, String name) {
    return name.equals(peer.name())
        || (peer.name() == null && peer.publicKey().startsWith(name.replace("…", "")));
  }

  /** Whether no tunnel is left that it is not about. */
  private boolean isOfAllHeld(Finding finding) {
    return finding.tunnel() == null
        || tunnels.stream()
            .filter(tunnel -> tunnel.peers().stream().anyMatch(Peer::isWanted))
            .map(Tunnel::name)
            .allMatch(name -> name.text().equals(finding.tunnel()));
  }
}
