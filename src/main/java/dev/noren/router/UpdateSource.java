package dev.noren.router;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.update.UpdateList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tinylog.Logger;

/**
 * Where the list of versions is, and what it is measured by, as the image has it: a file with the
 * address, and beside it the key that signs versions and the time of the one that runs.
 *
 * @param url the list's address, or null for none: then the box never looks
 * @param key the public key's file
 * @param runsSeconds of when the version that runs is, since 1970
 */
record UpdateSource(String url, Path key, long runsSeconds) {
  /** Of a box that has no address. */
  static final UpdateSource NONE = new UpdateSource(null, null, 0);

  private static final String KEY = "update.pub";
  private static final String RELEASE = "release";
  private static final Pattern TIME = Pattern.compile("(?m)^time ([1-9][0-9]{0,11})$");

  /**
   * Reads it.
   *
   * @param file the file with the address, or null for none
   */
  static UpdateSource read(Path file) {
    if (file == null) {
      return NONE;
    }
    try {
      List<String> lines =
          Files.readAllLines(file, UTF_8).stream()
              .map(line -> line.replaceFirst("(^|\\s)#.*", "").strip())
              .filter(line -> !line.isEmpty())
              .toList();
      if (lines.isEmpty()) {
        return NONE;
      }
      Matcher time = TIME.matcher(Files.readString(file.resolveSibling(RELEASE), UTF_8));
      if (lines.size() == 1 && UpdateList.isUrl(lines.getFirst()) && time.find()) {
        return new UpdateSource(
            lines.getFirst(), file.resolveSibling(KEY), Long.parseLong(time.group(1)));
      }
      Logger.warn(
          "{} has to have one address, http:// or https://, and {} beside it a time: the box does"
              + " not look for new versions.",
          file,
          RELEASE);
    } catch (IOException e) {
      Logger.warn("The box does not look for new versions: {} can't be read.", e.getMessage());
    }
    return NONE;
  }
}
