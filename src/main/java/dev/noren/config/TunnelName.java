package dev.noren.config;

import dev.noren.text.Refused;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an interface, which is also a part of file names: 1 to 15 of the letters that
 * wg-quick allows.
 *
 * @param text the name, safe in a path and in an argument list
 */
public record TunnelName(String text) {
  private static final String LETTERS = "[a-zA-Z0-9_=+.-]{1,15}";
  private static final Pattern NAME = Pattern.compile(LETTERS);
  private static final Pattern FILE = Pattern.compile("(?:.*/)?(" + LETTERS + ")\\.conf");

  /**
   * @throws IllegalArgumentException with a sentence
   */
  public TunnelName {
    check(text);
  }

  static void check(String text) {
    if (text.length() > 15) {
      throw new Refused("interface.too-long", Values.quoted(text));
    }
    if (!NAME.matcher(text).matches() || text.equals(".") || text.equals("..")) {
      throw new Refused("interface.form", Values.quoted(text));
    }
  }

  /** Whether this could be a name, rather than a file's path. */
  public static boolean looksLike(String text) {
    return NAME.matcher(text).matches() && !text.equals(".") && !text.equals("..");
  }

  /**
   * The interface that a wg-quick file is for: its file name without .conf.
   *
   * @throws IllegalArgumentException with a sentence
   */
  public static TunnelName ofFile(String path) {
    Matcher matcher = FILE.matcher(path);
    if (!matcher.matches()) {
      throw new Refused("conf.name", path);
    }
    return new TunnelName(matcher.group(1));
  }

  @Override
  public String toString() {
    return text;
  }
}
