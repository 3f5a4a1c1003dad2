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
  static List<String> of(String fileName, String text) {
    List<String> all = new ArrayList<>();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      int comment = lines[i].indexOf('#');
      String line = comment < 0 ? lines[i] : lines[i].substring(0, comment);
      int equals = line.indexOf('=');
      if (equals > 0) {
        String word = Values.squeezed(line.substring(0, equals));
        String value = Values.trimmed(line.substring(equals + 1));
        for (String key : InterfaceSection.KEYS) {
          String why = Values.same(key, word) && !value.isEmpty() ? why(key, value) : null;
          if (why != null) {
            all.add(new ConfigError(fileName, i + 1, key, Sentence.plain(why)).toString());
          }
        }
      }
    }
    return all;
  }

  private static String why(String key, String value) {
    return switch (key) {
      case "PreUp", "PostUp", "PreDown", "PostDown" ->
          "was not taken and is never run: the router runs no commands of others"
              + (isFirewall(value)
                  ? ", and its own firewall and kill switch do what they must"
                  : "");
      case "Table" -> table(RouteTable.parse(value));
      case "FwMark" ->
          Values.fwMark(Values.squeezed(value)) == 0
              ? null
              : "was not taken: the router chooses marks by itself";
      case "DNS" ->
          "was not taken (" + value + "): dns.upstream and dns.domains say whom the router asks";
      case "SaveConfig" ->
          Values.flag(value) ? "was not taken: nothing is written to the file" : null;
      default -> null;
    };
  }

  private static String table(RouteTable table) {
    if (table.equals(RouteTable.AUTO)) {
      return null;
    }
    return table.routes()
        ? "was not taken: the router chooses routes by itself"
        : "was taken as: nothing takes the tunnel until the form's use says so";
  }

  private static boolean isFirewall(String command) {
    return command.contains("iptables") || command.contains("ip6tables") || command.contains("nft");
  }
}
