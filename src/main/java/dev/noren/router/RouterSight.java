package dev.noren.router;

import dev.noren.led.Lights.Pulse;
import dev.noren.net.IpAddress;
import java.util.Collection;
import java.util.List;

/** What is seen of the running router while its version is on trial. */
final class RouterSight implements UpdateWatch.Sight {
  private final Pulse pulse;
  private final PageProbe page;
  private volatile List<IpAddress> addresses = List.of();
  private volatile long lookedNs = System.nanoTime();

  /**
   * @param pulse how the packets' way gets on, as the watchdog is told
   */
  RouterSight(Pulse pulse, PageProbe page) {
    this.pulse = pulse;
    this.page = page;
  }

  /**
   * The router has looked around.
   *
   * @param pageAddresses where its page is to be
   */
  void looks(Collection<IpAddress> pageAddresses) {
    addresses = List.copyOf(pageAddresses);
    lookedNs = System.nanoTime();
  }

  @Override
  public long nowNs() {
    return System.nanoTime();
  }

  @Override
  public boolean pageAnswers() {
    return page.answers(addresses);
  }

  @Override
  public long stuckNs() {
    return pulse.stuckNs(System.nanoTime());
  }

  @Override
  public long staleNs() {
    return System.nanoTime() - lookedNs;
  }
}
