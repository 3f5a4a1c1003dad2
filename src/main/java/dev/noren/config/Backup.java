package dev.noren.config;

import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole document for another box, or for this one after it broke: the document itself, and in
 * {@code timestampMark} the time that handshakes must be beyond, since far ends refuse those that
 * are older than what they have seen. A document without that is a backup too.
 *
 * @param config the configuration
 * @param timestampMark the latest timestamp that was reserved when this was made, or null
 */
public record Backup(RouterConfig config, Instant timestampMark) {
  /** A later one would be a mistake that nobody could take back at the far ends. */
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  private static final String MARK = "timestampMark";

  /**
   * Reads what {@link #write} made, or a document.
   *
   * @param fileName as it is to appear in errors
   * @throws ConfigException with every error in it
   */
  public static Backup read(String fileName, String text) throws ConfigException {
    return read(Sentence.plain(fileName), text);
  }

  /** Reads one that is no file, and what errors call it. */
  public static Backup read(Sentence called, String text) throws ConfigException {
    Problems problems = new Problems(called);
    Object tree = RouterJson.tree(text, problems);
    Instant mark = null;
    if (tree instanceof Map<?, ?> members) {
      mark = Fields.of(tree, "", problems).text(MARK, Backup::mark);
      members.remove(MARK);
    }
    return new Backup(RouterReader.read(tree, problems), mark);
  }

  private static Instant mark(String text) {
    Instant mark;
    try {
      mark = Instant.parse(text);
    } catch (DateTimeException e) {
      throw new Refused(Sentence.of("time.form", Values.quoted(text)), e);
    }
    if (mark.isBefore(Instant.EPOCH) || mark.isAfter(LATEST)) {
      throw new Refused("time.range", Values.quoted(text));
    }
    return mark;
  }

  /** The document with its secrets, and the mark where there is one. */
  public String write() {
    Map<String, Object> tree = new LinkedHashMap<>(RouterTree.of(config));
    if (timestampMark != null) {
      tree.put(MARK, timestampMark.toString());
    }
    return Json.write(tree);
  }
}
