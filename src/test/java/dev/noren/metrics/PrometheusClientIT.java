package dev.noren.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.noren.street.PrometheusClient;
import dev.noren.street.PrometheusClient.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus' own client makes of the text. */
class PrometheusClientIT {
  @Test
  void eachValueIsReadAsItIsWritten() {
    List<Sample> samples = PrometheusClient.read(RouterMetrics.text(Measurements.FULL));
    Map<String, String> types = new HashMap<>();
    samples.forEach(each -> types.put(each.name(), each.type()));
    assertEquals("counter", types.get("wireguard_received_bytes_total"));
    assertEquals("counter", types.get("wireguard_sent_bytes_total"));
    assertEquals("gauge", types.get("wireguard_latest_handshake_seconds"));
    assertFalse(types.containsValue("unknown"), types.toString());
    assertFalse(types.containsValue("untyped"), types.toString());
    assertEquals(1_791_187_188.0, value(samples, "wireguard_latest_handshake_seconds"));
    assertEquals(0.05, value(samples, "noren_probe_loss_ratio"));
    assertEquals(0.0234, value(samples, "noren_probe_latency_seconds"), 1e-12);
    assertEquals(48.312, value(samples, "node_thermal_zone_temp"));
    long lines =
        RouterMetrics.text(Measurements.FULL).lines().filter(each -> !each.startsWith("#")).count();
    assertEquals(lines, samples.size());
  }

  private static double value(List<Sample> samples, String name) {
    return samples.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "本社 office",
        "a\"} 1\nforged_total 2",
        "ends in a backslash \\",
        "\\n is no line",
        "a,b={c=\"d\"} # e",
        "\t tabs\r and returns",
      })
  void aFarEndsNameComesBackWhateverItIs(String name) {
    Measured measured = Measurements.withFarEndCalled(name);
    List<Sample> samples = PrometheusClient.read(RouterMetrics.text(measured));
    List<Sample> received =
        samples.stream()
            .filter(each -> each.name().equals("wireguard_received_bytes_total"))
            .toList();
    assertEquals(1, received.size());
    assertEquals(
        Map.of(
            "interface",
            "hq",
            "public_key",
            measured.status().tunnels().getFirst().peers().getFirst().publicKey(),
            "allowed_ips",
            "10.70.0.2/32,fd00::2/128",
            "friendly_name",
            name),
        received.getFirst().labels());
    assertFalse(samples.stream().anyMatch(each -> each.name().startsWith("forged")), "forged");
  }
}
