package dev.noren.forms;

import dev.noren.config.Form;
import dev.noren.config.RouterConfig;
import dev.noren.config.Shop;
import dev.noren.config.TunnelName;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names for what comes by pairing, which may neither be taken nor do anything to a terminal. */
public final class ShopNames {
  private static final int MOST_LETTERS = 50;
  private static final String NAMELESS = "shop";

  private ShopNames() {}

  /** A name that came from elsewhere, as it may be shown. */
  public static String shown(String name) {
    StringBuilder text = new StringBuilder();
    name.codePoints()
        .filter(c -> Character.isLetterOrDigit(c) || " -_.,'()&・ー".indexOf(c) >= 0)
        .takeWhile(c -> text.length() + Character.charCount(c) <= MOST_LETTERS)
        .forEach(text::appendCodePoint);
    String shown = text.toString().strip();
    return shown.isEmpty() ? NAMELESS : shown;
  }

  /** The same, or with a number behind it where another shop of the document has that name. */
  public static String free(String name, RouterConfig config) {
    Set<String> taken =
        config.forms().stream()
            .flatMap(form -> form.shops().stream())
            .map(Shop::name)
            .collect(Collectors.toSet());
    String shown = shown(name);
    String free = shown;
    for (int i = 2; taken.contains(free); i++) {
      free = shown + " " + i;
    }
    return free;
  }

  /** A name for a new form: shops, or with a number behind it. */
  public static TunnelName form(RouterConfig config) {
    TunnelName free = new TunnelName("shops");
    for (int i = 2; config.tunnel(free) != null || config.form(free) != null; i++) {
      free = new TunnelName("shops" + i);
    }
    return free;
  }

  /** The document with a form in the place of the one of its name, or added. */
  public static RouterConfig with(RouterConfig config, Form form) {
    if (config.form(form.name()) == null) {
      return config.withForms(Stream.concat(config.forms().stream(), Stream.of(form)).toList());
    }
    return config.withForms(
        config.forms().stream()
            .map(each -> each.name().equals(form.name()) ? form : each)
            .toList());
  }
}
