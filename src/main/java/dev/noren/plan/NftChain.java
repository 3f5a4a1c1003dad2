package dev.noren.plan;

import java.util.Collection;
import java.util.stream.Collectors;

/** The text of one nftables chain, one rule a line, with comments for people. */
final class NftChain {
  private final StringBuilder text = new StringBuilder();

  private NftChain(String name, String comment) {
    for (String line : comment.split("\n", -1)) {
      text.append("\t# ").append(line).append('\n');
    }
    text.append("\tchain ").append(name).append(" {\n");
  }

  /** A chain that others jump to. */
  static NftChain named(String name, String comment) {
    return new NftChain(name, comment);
  }

  /**
   * A chain that the kernel calls.
   *
   * @param hook as in {@code filter hook forward priority filter}
   * @param policy what becomes of packets at its end
   */
  static NftChain base(String name, String comment, String hook, String policy) {
    return new NftChain(name, comment).rule("type " + hook + "; policy " + policy + ";");
  }

  /** Adds a rule. */
  NftChain rule(String rule) {
    text.append("\t\t").append(rule).append('\n');
    return this;
  }

  /**
   * Adds a rule with a set in it; none where the set is empty, since nothing would match.
   *
   * @param rule with {@code %s} for the set
   */
  NftChain rule(String rule, Collection<?> elements) {
    return elements.isEmpty() ? this : rule(rule.formatted(set(elements)));
  }

  /**
   * Adds a rule for each element. Where a packet would slip through if none matched, no set will
   * do: while a text is being replaced, a packet that still meets the old rules may find their sets
   * empty (seen once in some 100,000 packets on Linux 6.18). A rule's own words are always there.
   *
   * @param rule with {@code %s} for the element
   */
  NftChain each(String rule, Collection<?> elements) {
    elements.forEach(element -> rule(rule.formatted(element)));
    return this;
  }

  /** Adds a rule only where a condition holds. */
  NftChain ruleIf(boolean condition, String rule) {
    return condition ? rule(rule) : this;
  }

  /** Adds a comment before the next rule. */
  NftChain say(String comment) {
    return rule("# " + comment);
  }

  /** An anonymous set, in the order given, or its only element. */
  static String set(Collection<?> elements) {
    String all = elements.stream().map(Object::toString).collect(Collectors.joining(", "));
    return elements.size() == 1 ? all : "{ " + all + " }";
  }

  /** A name in quotes, as nft wants interfaces. */
  static String quoted(String name) {
    return '"' + name + '"';
  }

  @Override
  public String toString() {
    return text + "\t}\n";
  }
}
