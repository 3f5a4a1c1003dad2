package dev.noren.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.status.Health;
import dev.noren.status.Statuses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RouterMetricsTest {
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");

  /** As prometheus_wireguard_exporter 3 says it, whose names others took over. */
  private static final Map<String, String> EXPORTERS =
      Map.of(
          "wireguard_sent_bytes_total", "counter",
          "wireguard_received_bytes_total", "counter",
          "wireguard_latest_handshake_seconds", "gauge");

  private final String text = RouterMetrics.text(Measurements.FULL);

  /** To change the golden file, look at what is written under target/metrics and copy it over. */
  @Test
  void theTextIsGolden() throws Exception {
    Path folder = Files.createDirectories(Path.of("target/metrics"));
    // Which states there are, another test says.
    String others =
        text.lines()
            .filter(line -> !line.startsWith("noren_health{"))
            .collect(Collectors.joining("\n", "", "\n"));
    Files.writeString(folder.resolve("full.prom"), others);
    Path golden = Path.of(RouterMetricsTest.class.getResource("/metrics/full.prom").toURI());
    assertEquals(Files.readString(golden), others);
  }

  @Test
  void farEndsAreCalledAsTheExportersCallThem() {
    Map<String, String> types = types(text);
    EXPORTERS.forEach((name, type) -> assertEquals(type, types.get(name), name));
    String line =
        RouterMetrics.text(Measurements.withFarEndCalled("OnePlus 6T"))
            .lines()
            .filter(each -> each.startsWith("wireguard_received_bytes_total"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        "wireguard_received_bytes_total{interface=\"hq\","
            + "public_key=\"xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=\","
            + "allowed_ips=\"10.70.0.2/32,fd00::2/128\",friendly_name=\"OnePlus 6T\"} 100",
        line);
  }

  /** A far end that has no name has no such label, as with the exporters. */
  @Test
  void whoHasNoNameHasNoLabelOfIt() {
    assertFalse(
        RouterMetrics.text(Measurements.withFarEndCalled(null)).contains("friendly_name"), text);
  }

  @Test
  void eachMetricIsDocumentedWithItsType() throws IOException {
    Matcher rows =
        Pattern.compile("(?m)^\\| `([a-zA-Z0-9_]+)` \\| (counter|gauge) \\|")
            .matcher(Files.readString(Path.of("docs/METRICS.md")));
    Map<String, String> documented = new TreeMap<>();
    while (rows.find()) {
      documented.put(rows.group(1), rows.group(2));
    }
    Map<String, String> machines =
        types(
            RouterMetrics.text(
                new Measured(
                    Statuses.FULL,
                    Health.UP,
                    Map.of(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    Machine.of(
                        "",
                        """
                        MemTotal: 1 kB
                        MemFree: 1 kB
                        MemAvailable: 1 kB
                        Buffers: 1 kB
                        Cached: 1 kB
                        """,
                        "",
                        List.of(),
                        "",
                        "",
                        new Machine.Heap(1, 1, 1)),
                    "x")));
    machines.putAll(types(text));
    assertEquals(documented, machines);
  }

  @Test
  void eachStateIsThereAndOneOfThemIs() {
    for (Health each : Health.values()) {
      String line = "noren_health{state=\"" + each.key() + "\"} ";
      assertTrue(text.contains(line + (each == Health.DEGRADED ? 1 : 0)), line);
    }
  }

  @Test
  void aNewBoxHasSomethingToSayToo() {
    String fresh =
        RouterMetrics.text(
            new Measured(
                Statuses.UNCLAIMED,
                Health.SETUP,
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                Machine.of("", "", "", List.of(), "", "", new Machine.Heap(1, 1, 1)),
                "x"));
    assertTrue(fresh.contains("noren_health{state=\"setup\"} 1\n"), fresh);
    assertFalse(fresh.contains("wireguard_"), fresh);
    assertFalse(fresh.contains("node_thermal"), fresh);
  }

  private static Map<String, String> types(String exposition) {
    Map<String, String> types = new TreeMap<>();
    Matcher matcher = TYPE.matcher(exposition);
    while (matcher.find()) {
      types.put(matcher.group(1), matcher.group(2));
    }
    return types;
  }
}
