package dev.noren.update;

import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far an update is, as the root helper says it in one line.
 *
 * @param kind which of these it is
 * @param percent how much is written, of one that is being written; else 0
 * @param version which version it is about, or null
 * @param failure why it failed, or null
 */
public record UpdateState(Kind kind, int percent, String version, Failure failure) {
  /** The file in the helper's folder that has the line. */
  public static final String FILE = "update";

  /** The box was not made from an image: there is no other place for a new version. */
  public static final UpdateState NONE = new UpdateState(Kind.NONE, 0, null, null);

  /** How far it is. */
  public enum Kind {
    /** There can't be one here. */
    NONE,

    /** There is none. */
    IDLE,

    /** It is older than what runs, and is taken only if somebody presses the box's button. */
    OLDER,

    /** It is being checked and written. */
    WRITING,

    /** It is there, and the next restart that is asked for begins it. */
    READY,

    /** It was not taken. */
    FAILED,

    /** It runs, and has to prove itself. */
    TRYING,

    /** It ran, did not prove itself, and what was before is back. */
    RETURNED;

    /** Whether another file can be given to the box now. */
    public boolean takesAnother() {
      return switch (this) {
        case IDLE, READY, FAILED, RETURNED -> true;
        case NONE, OLDER, WRITING, TRYING -> false;
      };
    }
  }

  /** Why one was not taken. */
  public enum Failure {
    NOT_AN_UPDATE("not-an-update", "update.failed-not-an-update"),
    DAMAGED("damaged", "update.failed-damaged"),
    SIGNATURE("signature", "update.failed-signature"),
    OLDER("older", "update.failed-older"),
    TOO_LARGE("too-large", "update.failed-too-large"),
    CARD("card", "update.failed-card"),
    NO_SLOTS("no-slots", "update.failed-no-slots");

    private final String word;
    private final String key;

    Failure(String word, String key) {
      this.word = word;
      this.key = key;
    }

    /** As the helper says it. */
    public String word() {
      return word;
    }

    /** In words, and what to do. */
    public Sentence says() {
      return Sentence.of(key);
    }
  }

  private static final Pattern LINE =
      Pattern.compile(
          "(?<kind>idle)|(?<writing>writing) (?<percent>100|[1-9]?[0-9]) (?<written>V)"
                  .replace("V", UpdateHead.VERSION)
              + "|(?<failed>failed) (?<why>[a-z-]+)"
              + "|(?<about>older|ready|trying|returned) (?<version>V)"
                  .replace("V", UpdateHead.VERSION));

  /**
   * Reads the helper's line.
   *
   * @param text what is in its file, or null where there is none
   * @throws Refused where it is no such line
   */
  public static UpdateState parse(String text) {
    if (text == null) {
      return NONE;
    }
    Matcher line = LINE.matcher(text.strip());
    if (!line.matches()) {
      throw unclear(text);
    }
    if (line.group("kind") != null) {
      return new UpdateState(Kind.IDLE, 0, null, null);
    }
    if (line.group("writing") != null) {
      return writing(Integer.parseInt(line.group("percent")), line.group("written"));
    }
    if (line.group("failed") != null) {
      return new UpdateState(Kind.FAILED, 0, null, failure(line.group("why"), text));
    }
    Kind kind =
        switch (line.group("about")) {
          case "older" -> Kind.OLDER;
          case "ready" -> Kind.READY;
          case "trying" -> Kind.TRYING;
          default -> Kind.RETURNED;
        };
    return new UpdateState(kind, 0, line.group("version"), null);
  }

  private static Failure failure(String word, String text) {
    for (Failure each : Failure.values()) {
      if (each.word.equals(word)) {
        return each;
      }
    }
    throw unclear(text);
  }

  private static Refused unclear(String text) {
    return new Refused("update.unclear", text.strip());
  }

  /** One that is being written. */
  public static UpdateState writing(int percent, String version) {
    return new UpdateState(Kind.WRITING, percent, version, null);
  }

  /** Whether what was given to the box is done with, so that it need not be kept. */
  public boolean isDone() {
    return kind == Kind.READY || kind == Kind.FAILED;
  }

  /** Whether the box is being written to, or runs a version that has to prove itself. */
  public boolean isUnderWay() {
    return kind == Kind.WRITING || kind == Kind.TRYING;
  }

  /** What a person is told of it. */
  public Sentence says() {
    return switch (kind) {
      case NONE -> Sentence.of("update.none");
      case IDLE -> Sentence.of("update.idle");
      case OLDER -> Sentence.of("update.older", version);
      case WRITING -> Sentence.of("update.writing", version, percent);
      case READY -> Sentence.of("update.ready", version);
      case FAILED -> failure.says();
      case TRYING -> Sentence.of("update.trying", version);
      case RETURNED -> Sentence.of("update.returned", version);
    };
  }
}
