package dev.noren.control;

import dev.noren.text.Sentence;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** What the owner is told of by itself, and what became of it. */
public interface NoticeDesk {
  /**
   * A notice that was tried.
   *
   * @param at when
   * @param event what it was about, as in {@code down}
   * @param by which way, {@code mail} or {@code webhook}
   * @param arrived whether it was taken
   * @param says what became of it
   */
  record Tried(Instant at, String event, String by, boolean arrived, Sentence says) {}

  /**
   * How notices go out.
   *
   * @param mail who gets them by mail, or null for nobody
   * @param webhook on which host the webhook is, or null for none
   * @param events what is told
   * @param waiting how many have still to go out
   * @param last those that were tried last since the router runs, the newest first
   */
  record Notices(String mail, String webhook, List<String> events, int waiting, List<Tried> last) {}

  /** How they go out. */
  Notices notices() throws IOException;

  /**
   * Sends one by each way that is set, and waits what becomes of it: most of a minute at most. Any
   * thread may call.
   *
   * @param author who wants it, and from where
   * @throws IOException with a sentence, where no way is set or another test is under way
   */
  List<Tried> testNotices(String author) throws IOException;
}
