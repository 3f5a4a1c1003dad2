package dev.noren.update;

import dev.noren.text.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of versions as its text has it, once its signature was found good: {@code noren-updates
 * 1}, {@code time SECONDS}, and for each version {@code version V SECONDS BYTES SHA256 URL} and
 * perhaps {@code about en TEXT} and {@code about ja TEXT}. A line that begins with another word is
 * passed over, so that a later list may say more.
 *
 * @param timeSeconds when it was made, since 1970
 * @param releases the versions, in its order
 */
public record UpdateList(long timeSeconds, List<Release> releases) {
  /** The most that a list may have with its signature, bytes. */
  public static final int MOST_BYTES = 16 << 10;

  /** Who keeps others from a newer list can do so for this long until it is told. */
  public static final Duration STALE = Duration.ofDays(90);

  /** So far the clock of who signs may be before the box's. */
  private static final Duration AHEAD = Duration.ofDays(1);

  /** An address that a list or a file can be fetched from. */
  private static final String URL = "https?://[!-~]{1,500}";

  private static final String BEGIN = "noren-updates 1";
  private static final String NUMBER = "[1-9][0-9]{0,11}";
  private static final Pattern TIME = Pattern.compile("time (" + NUMBER + ")");
  private static final Pattern VERSION =
      Pattern.compile(
          "version (V) (N) (N) ([0-9a-f]{64}) (U)"
              .replace("V", UpdateHead.VERSION)
              .replace("N", NUMBER)
              .replace("U", URL));
  private static final Pattern ABOUT = Pattern.compile("about (en|ja) (\\S[^\\p{C}]{0,299})");
  private static final Pattern OTHER = Pattern.compile("(?!(version|about|time) )[a-z]+( .*)?");

  /**
   * One version.
   *
   * @param version what it is called
   * @param timeSeconds of when it is, since 1970, by which versions are compared
   * @param bytes the length of its file
   * @param sha256 the sum of its file
   * @param url where the file is
   * @param about what is new in it, by the code of a language
   */
  public record Release(
      String version,
      long timeSeconds,
      long bytes,
      String sha256,
      String url,
      Map<String, String> about) {
    public Release {
      about = Map.copyOf(about);
    }
  }

  public UpdateList {
    releases = List.copyOf(releases);
  }

  /** Whether this is an address that something can be fetched from. */
  public static boolean isUrl(String text) {
    return text.matches(URL);
  }

  /**
   * Reads a list.
   *
   * @throws Refused where it is none
   */
  public static UpdateList parse(String text) {
    List<String> lines = text.lines().toList();
    Matcher time = TIME.matcher(lines.size() < 2 ? "" : lines.get(1));
    if (!time.matches() || !lines.getFirst().equals(BEGIN) || !text.endsWith("\n")) {
      throw new Refused("news.no-list");
    }
    List<Release> releases = new ArrayList<>();
    for (String line : lines.subList(2, lines.size())) {
      Matcher version = VERSION.matcher(line);
      Matcher about = ABOUT.matcher(line);
      if (version.matches()) {
        releases.add(release(version));
      } else if (about.matches() && !releases.isEmpty()) {
        releases.add(with(releases.removeLast(), about.group(1), about.group(2).strip()));
      } else if (!OTHER.matcher(line).matches()) {
        throw new Refused("news.no-list");
      }
    }
    return new UpdateList(Long.parseLong(time.group(1)), releases);
  }

  private static Release release(Matcher line) {
    return new Release(
        line.group(1),
        Long.parseLong(line.group(2)),
        Long.parseLong(line.group(3)),
        line.group(4),
        line.group(5),
        Map.of());
  }

  private static Release with(Release release, String language, String words) {
    Map<String, String> about = new HashMap<>(release.about());
    about.put(language, words);
    return new Release(
        release.version(),
        release.timeSeconds(),
        release.bytes(),
        release.sha256(),
        release.url(),
        about);
  }

  /** The newest version of those that are newer than what is of this time, or null. */
  public Release newest(long runsSeconds) {
    Release newest = null;
    for (Release each : releases) {
      if (each.timeSeconds() > (newest == null ? runsSeconds : newest.timeSeconds())) {
        newest = each;
      }
    }
    return newest;
  }

  /**
   * Looks whether the list may stand in the place of the one that was seen last.
   *
   * @param seenSeconds when that was made; 0 for none
   * @param now the time of day, or null where it is not known for sure
   * @throws Refused where it is older, or is said to be made in days to come, which would have all
   *     later ones refused
   */
  public void check(long seenSeconds, Instant now) {
    if (timeSeconds < seenSeconds) {
      throw new Refused("news.older-list");
    }
    if (now != null && Instant.ofEpochSecond(timeSeconds).isAfter(now.plus(AHEAD))) {
      throw new Refused("news.early-list");
    }
  }

  /** For how many days nobody has made one since, where those are too many; else 0. */
  public long staleDays(Instant now) {
    Duration age = Duration.between(Instant.ofEpochSecond(timeSeconds), now);
    return age.compareTo(STALE) > 0 ? age.toDays() : 0;
  }
}
