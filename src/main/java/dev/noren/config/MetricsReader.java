package dev.noren.config;

import dev.noren.text.Refused;
import java.util.List;
import java.util.regex.Pattern;

/** Reads who may fetch the router's metrics. */
final class MetricsReader {
  /** What a header can carry (RFC 6750, 2.1), and nobody guesses. */
  private static final Pattern TOKEN = Pattern.compile("(?=.{16,128}$)[A-Za-z0-9._~+/-]+={0,2}");

  private MetricsReader() {}

  /**
   * Reads it, once the tunnels are known.
   *
   * @param fields the document's part of it
   */
  static MetricsConfig read(Fields fields, List<RouterTunnel> tunnels, List<Form> forms) {
    boolean enabled = fields.flag("enabled", false);
    List<String> from =
        fields.texts(
            "from",
            text ->
                text.equals(MetricsConfig.LAN)
                    ? text
                    : AccessReader.reaching(text, tunnels, forms).text());
    boolean lan = !fields.has("from") || from.contains(MetricsConfig.LAN);
    String token = fields.text("token", text -> RouterValues.secret(text, MetricsReader::token));
    fields.done();
    return new MetricsConfig(
        enabled,
        lan,
        from.stream().filter(each -> !each.equals(MetricsConfig.LAN)).map(TunnelName::new).toList(),
        token);
  }

  private static String token(String text) {
    if (!TOKEN.matcher(text).matches()) {
      throw new Refused("metrics.token");
    }
    return text;
  }
}
