package dev.noren.config;

import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;

/** What of a wg-quick file a router's document has no place for, each with its line. */
final class NotTaken {
  private NotTaken() {}

  /**
   * Looks through a file that could be read.
   *
   * @param fileName as it is to appear in the sentences
   * @return one sentence for each line, without what may be secret
   */
  static List<Sentence> of(String fileName, String text) {
    List<Sentence> all = new ArrayList<>();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      int comment = lines[i].indexOf('#');
      String line = comment < 0 ? lines[i] : lines[i].substring(0, comment);
      int equals = line.indexOf('=');
      if (equals > 0) {
        String word = Values.squeezed(line.substring(0, equals));
        String value = Values.trimmed(line.substring(equals + 1));
        for (String key : InterfaceSection.KEYS) {
          Sentence why = Values.same(key, word) && !value.isEmpty() ? why(key, value) : null;
          if (why != null) {
            all.add(new ConfigError(fileName, i + 1, key, why).sentence());
          }
        }
      }
    }
    return all;
  }

  private static Sentence why(String key, String value) {
    return switch (key) {
      case "PreUp", "PostUp", "PreDown", "PostDown" ->
          Sentence.of(isFirewall(value) ? "left.firewall-hook" : "left.hook");
      case "Table" -> table(RouteTable.parse(value));
      case "FwMark" -> Values.fwMark(Values.squeezed(value)) == 0 ? null : Sentence.of("left.mark");
      case "DNS" -> Sentence.of("left.dns", value);
      case "SaveConfig" -> Values.flag(value) ? Sentence.of("left.save-config") : null;
      default -> null;
    };
  }

  private static Sentence table(RouteTable table) {
    if (table.equals(RouteTable.AUTO)) {
      return null;
    }
    return Sentence.of(table.routes() ? "left.routes" : "left.table-off");
  }

  private static boolean isFirewall(String command) {
    return command.contains("iptables") || command.contains("ip6tables") || command.contains("nft");
  }
}
