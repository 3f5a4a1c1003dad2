package dev.noren.street;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Metrics as Prometheus' own client for Python reads them, strictly. */
public final class PrometheusClient {
  private static final String SCRIPT =
      """
      import json, sys
      from prometheus_client.parser import text_string_to_metric_families
      sys.stdin.reconfigure(encoding="utf-8", newline="")
      for family in text_string_to_metric_families(sys.stdin.read()):
          for sample in family.samples:
              print(json.dumps([sample.name, family.type, family.documentation,
                                sample.labels, sample.value]))
      """;

  private PrometheusClient() {}

  /** One value as the client has it. */
  public record Sample(
      String name, String type, String help, Map<String, String> labels, double value) {}

  /**
   * All that a text says.
   *
   * @throws AssertionError with the client's words, where it refuses the text
   */
  public static List<Sample> read(String text) {
    List<Sample> samples = new ArrayList<>();
    String said = Running.run(List.of("/usr/bin/python3", "-c", SCRIPT), text, Map.of()).must();
    for (String line : said.lines().toList()) {
      JsonArray each = new Gson().fromJson(line, JsonArray.class);
      Map<String, String> labels = new HashMap<>();
      for (Map.Entry<String, JsonElement> label : each.get(3).getAsJsonObject().entrySet()) {
        labels.put(label.getKey(), label.getValue().getAsString());
      }
      samples.add(
          new Sample(
              each.get(0).getAsString(),
              each.get(1).getAsString(),
              each.get(2).getAsString(),
              labels,
              each.get(4).getAsDouble()));
    }
    return samples;
  }
}
