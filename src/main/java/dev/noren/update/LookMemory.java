package dev.noren.update;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a box remembers of its looks at the list of versions, beside the list itself.
 *
 * @param looked when it looked last, or null for never
 * @param next when it is to look again, or null for at once
 * @param told the version that was written down last as new, or null
 * @param tries how often that version was fetched at the box's own will
 */
public record LookMemory(Instant looked, Instant next, String told, int tries) {
  /** A new box's. */
  public static final LookMemory NONE = new LookMemory(null, null, null, 0);

  /** So often a box fetches the same version by itself, be it cut off or not well. */
  public static final int MOST_TRIES = 5;

  private static final Pattern TEXT =
      Pattern.compile(
          "looked (N)\nnext (N)\n(?:told (V) ([0-9])\n)?"
              .replace("N", "[0-9]{1,12}")
              .replace("V", UpdateHead.VERSION));

  /** Reads what {@link #text} made; anything else is that of a new box. */
  public static LookMemory parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? new LookMemory(
            time(parts.group(1)),
            time(parts.group(2)),
            parts.group(3),
            parts.group(3) == null ? 0 : Integer.parseInt(parts.group(4)))
        : NONE;
  }

  private static Instant time(String seconds) {
    return Instant.ofEpochSecond(Long.parseLong(seconds));
  }

  /** As it is kept, once it has looked. */
  public String text() {
    return "looked %d\nnext %d\n".formatted(looked.getEpochSecond(), next.getEpochSecond())
        + (told == null ? "" : "told %s %d\n".formatted(told, tries));
  }

  /** It has looked. */
  public LookMemory looked(Instant at, Instant nextLook) {
    return new LookMemory(at, nextLook, told, tries);
  }

  /** A version was written down as new. */
  public LookMemory told(String version) {
    return new LookMemory(looked, next, version, 0);
  }

  /** That version is being fetched; at the last try it is not fetched again. */
  public LookMemory tried(int count) {
    return new LookMemory(looked, next, told, count);
  }

  /** Whether the box may fetch this version by itself. */
  public boolean mayFetch(String version) {
    return !version.equals(told) || tries < MOST_TRIES;
  }
}
