package dev.noren.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.config.TunnelName;
import dev.noren.forms.Grant;
import dev.noren.text.Sentence;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The named counters of what devices do. A rule's name is in its counter's: nft takes letters of
 * ASCII and digits, so each other UTF-16 unit is a slash and four hexadecimal digits, and a name
 * that is too long for nft ends in its sum.
 */
final class AccessCounter {
  /** What the name of a counter of what is let through begins with. */
  static final String LET = "let_";

  private static final String DESK = "desk_";
  private static final String DEVICES = "devices_refused_";
  private static final String SHOPS = "shops_refused_";
  private static final String SHOPS_PRIVATE = "shops_private_";
  private static final String SIGN_IN = "devices_sign_in_";
  private static final String SILENT = "devices_iot_";

  /** The counter of the shop's own things, which may not start connections either. */
  static final String THINGS = "lan_iot";

  /** How long an encoded name may be; nft takes 255 signs in all, and a form's may come before. */
  private static final int LONGEST = 150;

  /** How many signs of a longer one are kept, 5 each at most. */
  private static final int KEPT = 24;

  private static final String CUT = "//";
  private static final Pattern UNIT = Pattern.compile("/([0-9a-f]{4})");

  private AccessCounter() {}

  /** The counter of the connections that a grant lets begin. */
  static String let(Grant grant) {
    return grant.form() == null
        ? LET + encoded(grant.rule())
        : DESK + encoded(grant.form().text()) + "_" + encoded(grant.rule());
  }

  /** The counter of what no rule lets a form's devices do. */
  static String refused(TunnelName form) {
    return DEVICES + encoded(form.text());
  }

  /** The counter of what a form's far shops wanted and are not let do. */
  static String refusedToShops(TunnelName form) {
    return SHOPS + encoded(form.text());
  }

  /** The counter of what they wanted of private networks beyond this shop's. */
  static String privateToShops(TunnelName form) {
    return SHOPS_PRIVATE + encoded(form.text());
  }

  /** The counter of what devices wanted whose person has not signed in. */
  static String signIn(TunnelName form) {
    return SIGN_IN + encoded(form.text());
  }

  /** The counter of connections that a form's things wanted to start. */
  static String silent(TunnelName form) {
    return SILENT + encoded(form.text());
  }

  /** Whether a counter of this name counts what was let through. */
  static boolean letsThrough(String name) {
    return name.startsWith(LET) || name.startsWith(DESK);
  }

  /** Whether a counter of this name counts what no rule of the document lets through. */
  static boolean isOfDocument(String name) {
    return name.startsWith(DEVICES)
        || name.startsWith(SHOPS)
        || name.startsWith(SHOPS_PRIVATE)
        || name.startsWith(SIGN_IN);
  }

  /** What a counter of this name counts, for people; null where it is none of these. */
  static Sentence sentence(String name) {
    if (name.equals(THINGS)) {
      return Sentence.of("counter.thing");
    }
    if (name.startsWith(LET)) {
      return Sentence.of("counter.let", decoded(name, LET));
    }
    if (name.startsWith(DESK)) {
      int end = name.indexOf('_', DESK.length());
      return end < 0
          ? null
          : Sentence.of(
              "counter.desk",
              decoded(name, name.substring(0, end + 1)),
              decoded(name.substring(0, end), DESK));
    }
    if (name.startsWith(DEVICES)) {
      return Sentence.of("counter.devices", decoded(name, DEVICES));
    }
    if (name.startsWith(SHOPS)) {
      return Sentence.of("counter.shops", decoded(name, SHOPS));
    }
    if (name.startsWith(SHOPS_PRIVATE)) {
      return Sentence.of("counter.shops-private", decoded(name, SHOPS_PRIVATE));
    }
    if (name.startsWith(SIGN_IN)) {
      return Sentence.of("counter.sign-in", decoded(name, SIGN_IN));
    }
    if (name.startsWith(SILENT)) {
      return Sentence.of("counter.things", decoded(name, SILENT));
    }
    return null;
  }

  private static String encoded(String name) {
    String whole = units(name);
    if (whole.length() <= LONGEST) {
      return whole;
    }
    CRC32 sum = new CRC32();
    sum.update(name.getBytes(UTF_8));
    return units(name.substring(0, name.offsetByCodePoints(0, KEPT / 2)))
        + CUT
        + "%08x".formatted(sum.getValue());
  }

  private static String units(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      text.append(plain ? String.valueOf(c) : "/%04x".formatted((int) c));
    }
    return text.toString();
  }

  private static String decoded(String name, String start) {
    String rest = name.substring(start.length());
    int cut = rest.indexOf(CUT);
    Matcher units = UNIT.matcher(cut < 0 ? rest : rest.substring(0, cut));
    String text =
        units.replaceAll(
            unit ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(unit.group(1), 16))));
    return cut < 0 ? text : text + "…";
  }
}
