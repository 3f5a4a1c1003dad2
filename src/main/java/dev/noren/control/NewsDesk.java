package dev.noren.control;

import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.time.Instant;

/**
 * What the box knows of newer versions by the list of whoever makes them. Any thread may call; an
 * IOException's message is one sentence that is shown as it is.
 */
public interface NewsDesk {
  /** What is being done. */
  enum Doing {
    /** Nothing ever: the box has no address of a list. */
    OFF,

    /** Nothing now. */
    IDLE,

    /** The list is being read. */
    LOOKING,

    /** A version's file is being fetched. */
    FETCHING
  }

  /**
   * What is known.
   *
   * @param doing what is being done
   * @param looked when the list was read last, or was to be; null for never
   * @param version the newest version of those that are newer than the one that runs, or null
   * @param aboutEn what is new in it in English, or null
   * @param aboutJa the same in Japanese
   * @param percent how much of a file is there while it is fetched, or null
   * @param failure why the last look or fetch failed, or null
   * @param says what is known in words, beside a failure
   */
  record News(
      Doing doing,
      Instant looked,
      String version,
      String aboutEn,
      String aboutJa,
      Integer percent,
      Sentence failure,
      Sentence says) {
    /** What is new in it, in this language if the list has that; or null. */
    public String about(Language language) {
      String own = language == Language.JAPANESE ? aboutJa : aboutEn;
      return own != null ? own : language == Language.JAPANESE ? aboutEn : aboutJa;
    }

    /** Whether something is under way that ends by itself. */
    public boolean isBusy() {
      return doing == Doing.LOOKING || doing == Doing.FETCHING;
    }
  }

  /** What is known now. */
  News news() throws IOException;

  /**
   * Begins to read the list.
   *
   * @param author who it is, and from where
   */
  void lookForUpdate(String author) throws IOException;

  /**
   * Begins to fetch the newest version's file, which is then checked and written as one that was
   * given.
   *
   * @param author who it is, and from where
   */
  void fetchUpdate(String author) throws IOException;
}
