package dev.noren.metrics;

import dev.noren.status.Echoes;
import dev.noren.status.Health;
import dev.noren.status.RouterStatus;
import dev.noren.status.TrafficSample.FarEnd;
import java.util.List;
import java.util.Map;

/**
 * All that the metrics are made of, of one moment.
 *
 * @param status the router
 * @param health how it is in one word
 * @param handshakes when each far end's last handshake was, seconds since 1970; without those that
 *     had none
 * @param drops how many packets each tunnel's data path dropped, by cause
 * @param findings what is not as it should be
 * @param echoes how far ends answer echoes
 * @param machine the machine, and this program
 * @param version the program's
 */
public record Measured(
    RouterStatus status,
    Health health,
    Map<FarEnd, Long> handshakes,
    Map<String, Map<String, Long>> drops,
    List<Found> findings,
    List<Echoes> echoes,
    Machine machine,
    String version) {
  /**
   * Something that is not as it should be, as the doctor found it.
   *
   * @param number as said on the telephone, such as 4-2
   * @param key what programs call it
   * @param fault whether something fails for it
   * @param tunnel the tunnel that it is about, or null
   * @param farEnd the far end that it is about, or null
   */
  public record Found(String number, String key, boolean fault, String tunnel, String farEnd) {}

  public Measured {
    handshakes = Map.copyOf(handshakes);
    drops = Map.copyOf(drops);
    findings = List.copyOf(findings);
    echoes = List.copyOf(echoes);
  }
}
