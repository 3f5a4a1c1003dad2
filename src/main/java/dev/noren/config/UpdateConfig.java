package dev.noren.config;

/**
 * What the box does by itself for a new version.
 *
 * @param look whether it reads the list of versions once a week
 * @param install what it does with a newer one
 */
public record UpdateConfig(boolean look, Install install) {
  /** It looks, and leaves the rest to its owner. */
  public static final UpdateConfig DEFAULT = new UpdateConfig(true, Install.ASK);

  /** What it does with a newer version. */
  public enum Install {
    /** It says that there is one. */
    ASK,

    /** It fetches it, and restarts with it at night. */
    NIGHT
  }

  static UpdateConfig read(Fields fields) {
    UpdateConfig read =
        new UpdateConfig(
            fields.flag("look", DEFAULT.look),
            fields.word("install", Install.class, DEFAULT.install));
    fields.done();
    return read;
  }
}
