package dev.noren.control;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.config.Form;
import dev.noren.config.LanConfig;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.StoredConfig;
import java.util.List;

/**
 * A change that could cut its author off is tried first, and undone unless somebody confirms it.
 *
 * <p>What is being tried is nowhere but in memory: only what was confirmed is saved. So after a
 * restart or a power cut there is nothing to be taken back, since the document in force is still
 * the old one.
 *
 * <p>Times are nanoseconds of a clock that never jumps, such as {@link System#nanoTime}.
 */
public final class Confirmation {
  /** How long a change waits. */
  public static final long PATIENCE_NS = SECONDS.toNanos(90);

  private final long patienceNs;
  private StoredConfig trial;
  private long deadlineNs;

  /** One that waits as long as people need. */
  public Confirmation() {
    this(PATIENCE_NS);
  }

  /** One that waits for another time, nanoseconds. */
  public Confirmation(long patienceNs) {
    this.patienceNs = patienceNs;
  }

  /** Whether who made this change might no longer reach the box after it. */
  public static boolean isNeeded(RouterConfig before, RouterConfig after) {
    return !harmless(before, before).equals(harmless(after, before))
        || !after.access().page().containsAll(before.access().page());
  }

  /** The configuration without what cuts nobody off. */
  private static RouterConfig harmless(RouterConfig config, RouterConfig before) {
    List<LanConfig.Reservation> old = before.lan().reservations();
    return new RouterConfig(
        before.name(),
        config.role(),
        config.ports(),
        config.wan(),
        new LanConfig(
            config.lan().address(),
            config.lan().dhcp(),
            config.lan().reservations().stream().filter(old::contains).toList()),
        config.dns(),
        config.tunnels().stream().map(Confirmation::withoutNames).toList(),
        config.forms().stream().map(Confirmation::withoutDevices).toList(),
        before.access(),
        before.log(),
        before.leds(),
        before.metrics(),
        before.update(),
        before.notices());
  }

  /**
   * A form without who calls in by it. That somebody is let in cuts nobody off; and that somebody
   * is no longer let in is to stay so, whether anybody confirms it or not.
   */
  private static Form withoutDevices(Form form) {
    Form alone = form.withDevices(List.of());
    return form.gateway() == null
        ? alone
        : alone.withGateway(form.gateway().withEndpoints(List.of()).withAllotted(0));
  }

  private static RouterTunnel withoutNames(RouterTunnel tunnel) {
    return new RouterTunnel(
        tunnel.name(),
        tunnel.privateKey(),
        tunnel.listenPort(),
        tunnel.alsoPorts(),
        tunnel.addresses(),
        tunnel.mtuBytes(),
        tunnel.peers().stream().map(peer -> new RouterTunnel.Peer(null, peer.config())).toList(),
        tunnel.use(),
        tunnel.killSwitch(),
        tunnel.masquerade());
  }

  /** What is being tried, or null. */
  public StoredConfig trial() {
    return trial;
  }

  /**
   * Begins to wait.
   *
   * @throws IllegalStateException where another change waits
   */
  public void begin(StoredConfig tried, long nowNs) {
    if (trial != null) {
      throw new IllegalStateException("two changes can't wait");
    }
    trial = tried;
    deadlineNs = nowNs + patienceNs;
  }

  /**
   * Begins with a change that nobody wants any more and that could not be undone: it is due at
   * once.
   *
   * @throws IllegalStateException where another change waits
   */
  public void beginDue(StoredConfig unwanted, long nowNs) {
    begin(unwanted, nowNs);
    deadlineNs = nowNs;
  }

  /** How long a change waits in all, nanoseconds. */
  public long patienceNs() {
    return patienceNs;
  }

  /** How long the change still waits, nanoseconds; 0 where it is to be undone. */
  public long leftNs(long nowNs) {
    return Math.max(0, deadlineNs - nowNs);
  }

  /** The same in seconds for people: one that has begun counts. */
  public long leftSeconds(long nowNs) {
    return Math.ceilDiv(leftNs(nowNs), SECONDS.toNanos(1));
  }

  /**
   * Whether a change waited for too long, so that it is to be undone; then it can't be confirmed.
   */
  public boolean isDue(long nowNs) {
    return trial != null && leftNs(nowNs) == 0;
  }

  /** After the change was saved or undone. */
  public void end() {
    trial = null;
  }
}
