package dev.noren.services;

import dev.noren.plan.Marks;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tinylog.Logger;

/**
 * Changes the router's one nft table, each time in one transaction, and knows no other table.
 * Taking a text back is a transaction too, in which the older text stands before what only the
 * newer one had goes: at no moment is there no firewall.
 */
final class Firewall {
  private static final String TABLE = "inet " + Marks.NFT_TABLE;
  private static final Pattern OBJECT =
      Pattern.compile("(?m)^\\t(chain|set|map|counter|quota|limit) (\\S+) \\{");

  private final CommandRunner commands;

  /** A chain, set or the like that the table holds. */
  record Item(String kind, String name) {}

  Firewall(CommandRunner commands) {
    this.commands = commands;
  }

  /** Puts a text into force; null takes the table away. */
  void apply(String text) throws IOException {
    nft(text == null ? "add table %1$s\ndelete table %1$s\n".formatted(TABLE) : text);
  }

  private void nft(String text) throws IOException {
    CommandRunner.Result result =
        commands.tryRun(List.of("nft", "-f", "-"), text, CommandRunner.USUAL_TIME);
    if (result.exitCode() != 0) {
      List<String> said = result.output().lines().filter(line -> !line.isBlank()).toList();
      throw new IOException(
          "the firewall can't be changed: nft says "
              + (said.isEmpty()
                  ? "nothing"
                  : String.join("; ", said.subList(0, Math.min(3, said.size())))));
    }
  }

  /** What the table holds; nothing where there is no table. */
  Set<Item> items() throws IOException {
    CommandRunner.Result result =
        commands.tryRun(
            List.of("nft", "list", "table", "inet", Marks.NFT_TABLE), "", CommandRunner.USUAL_TIME);
    return result.exitCode() == 0 ? itemsOf(result.output()) : new LinkedHashSet<>();
  }

  /** What a text makes, or what nft lists. */
  private static Set<Item> itemsOf(String text) {
    Set<Item> items = new LinkedHashSet<>();
    Matcher matcher = OBJECT.matcher(text);
    while (matcher.find()) {
      items.add(new Item(matcher.group(1), matcher.group(2)));
    }
    return items;
  }

  /**
   * Goes back to an older text.
   *
   * @param text the older text, or null where it isn't known: then what stands stays, since an open
   *     firewall is worse than a closed one
   * @param before what the table held then
   */
  void restore(String text, Set<Item> before) throws IOException {
    if (text == null) {
      Logger.warn("The firewall stays as it is, since there was none of ours before.");
      return;
    }
    Set<Item> young = items();
    young.removeAll(before);
    StringBuilder whole = new StringBuilder();
    // Their rules may name each other, and sets.
    young.stream()
        .filter(item -> item.kind.equals("chain"))
        .forEach(item -> line(whole, "flush", item));
    whole.append(text).append('\n');
    young.stream()
        .filter(item -> item.kind.equals("chain"))
        .forEach(item -> line(whole, "delete", item));
    young.stream()
        .filter(item -> !item.kind.equals("chain"))
        .forEach(item -> line(whole, "delete", item));
    nft(whole.toString());
  }

  /**
   * Takes away what older texts have left: chains, counters, and sets with all that is in them.
   *
   * @param text the one in force; as no rule names anything else, nothing of the rest is in use
   */
  void tidy(String text) throws IOException {
    Set<Item> stale = items();
    stale.removeAll(itemsOf(text));
    StringBuilder lines = new StringBuilder();
    stale.forEach(item -> line(lines, "delete", item));
    if (!lines.isEmpty()) {
      nft(lines.toString());
    }
  }

  private static void line(StringBuilder text, String verb, Item item) {
    text.append(verb)
        .append(' ')
        .append(item.kind)
        .append(' ')
        .append(TABLE)
        .append(' ')
        .append(item.name)
        .append('\n');
  }
}
