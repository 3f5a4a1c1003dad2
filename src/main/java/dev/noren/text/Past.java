package dev.noren.text;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What was written down of something that happened: in the history of the document and in the audit
 * log it stands in English, whoever reads it, so that both stay readable for machines. Here it is
 * made from a row of the words, and found again by that row, so that a person reads it in another
 * language. What no row has made is said as it was written.
 */
public final class Past {
  /** The rows of what happened. */
  public static final String WHAT = "past.";

  /** The rows of whose doing it was. */
  public static final String WHO = "author.";

  /** One value in another, as a reason in what was undone; more are never written. */
  private static final int MOST_NESTED = 5;

  /** What a row that is made for something else has to have in common with a text, letters. */
  private static final int LEAST_IN_COMMON = 16;

  /** The rows that are only for what is read here. */
  private static final List<String> OWN = List.of(WHAT, WHO, "field.", "difference.", "said.");

  private static final String BETWEEN_FLOWS = "; ";

  /** A field of the document, and what that is called. */
  private static final Pattern FIELD =
      Pattern.compile(
          "[a-z][A-Za-z]*(\\[\\d+\\])?(\\.[a-z][A-Za-z0-9]*(\\[\\d+\\])?)*( \\(.+\\))?");

  private static final Pattern COMMA = Pattern.compile(", (?=[a-z][A-Za-z]*[\\[.,]|[a-z]+$)");

  /** A connection that was opened. */
  private static final Pattern FLOW =
      Pattern.compile("(tcp|udp|icmp|icmpv6|protocol \\d+) \\S+ (through|by) [^,;]+");

  private static final Set<String> OF_FLOWS = Set.of("past.through", "past.by-line");

  private static final List<Template> OF_WHAT =
      Template.all((key, letters) -> key.startsWith(WHAT));

  /** What a row that is made for something else says in what happened, as a counter's. */
  private static final List<Template> OF_OTHERS =
      Template.all(
          (key, letters) ->
              key.startsWith("counter.")
                  || (letters >= LEAST_IN_COMMON
                      && OWN.stream().noneMatch(own -> key.startsWith(own))));

  private static final List<Template> OF_WHO = Template.all((key, letters) -> key.startsWith(WHO));

  private Past() {}

  /**
   * What is written down.
   *
   * @param key its row, which begins with {@link #WHAT} or {@link #WHO}
   */
  public static String words(String key, Object... arguments) {
    return Sentence.of(key, arguments).toString();
  }

  /** What happened, by what was written down. */
  public static Sentence what(String written) {
    return what(written, MOST_NESTED);
  }

  private static Sentence what(String written, int nested) {
    if (written.contains(BETWEEN_FLOWS) && written.matches("(tcp|udp|icmp|protocol).*")) {
      String[] flows = written.split(BETWEEN_FLOWS);
      return Sentence.of(
          "said.fields", Arrays.stream(flows).map(flow -> what(flow, nested)).toList());
    }
    Template best = best(OF_WHAT, written);
    if (best == null) {
      best = best(OF_OTHERS, written);
    }
    if (best != null && nested > 0) {
      return best.said(best.matches(written), text -> nested(text, nested - 1));
    }
    List<String> fields = Arrays.asList(COMMA.split(written));
    if (fields.stream().allMatch(FIELD.asMatchPredicate())) {
      List<Sentence> said = fields.stream().map(FieldWords::called).toList();
      if (said.stream().noneMatch(each -> each.key() == null)) {
        return Sentence.of("said.fields", said);
      }
    }
    return Sentence.plain(written);
  }

  private static Sentence nested(String written, int more) {
    Sentence what = what(written, more);
    // Nobody is called as somebody with a place in parentheses.
    return what.key() == null && written.contains(" (") ? who(written) : what;
  }

  /** Whose doing it was, by what was written down. */
  public static Sentence who(String written) {
    Template best = best(OF_WHO, written);
    return best == null ? Sentence.plain(written) : best.said(best.matches(written), who -> who);
  }

  /** The row that has the most in common with a text it can have made, or null. */
  private static Template best(List<Template> rows, String written) {
    Template best = null;
    for (Template each : rows) {
      if ((best == null || each.letters() > best.letters())
          && (!OF_FLOWS.contains(each.key()) || FLOW.matcher(written).matches())
          && each.matches(written) != null) {
        best = each;
      }
    }
    return best;
  }
}
