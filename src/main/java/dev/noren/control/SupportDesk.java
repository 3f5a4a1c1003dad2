package dev.noren.control;

import dev.noren.text.Sentence;
import java.io.IOException;

/** The file that an owner sends to who helps. */
public interface SupportDesk {
  /**
   * A support file.
   *
   * @param text what is in it; no secret is
   * @param card whether it is on the box's card too, and as what, or why not; null where that was
   *     not asked for, or there is no such card
   */
  record Support(String text, Sentence card) {
    /** Without what is in it, which is long. */
    @Override
    public String toString() {
      return "Support[card=" + card + "]";
    }
  }

  /**
   * Makes one, which takes some seconds. Any thread may call; one is made at a time.
   *
   * @param hideAddresses whether the internet's addresses are left out
   * @param toCard whether it is put onto the card that a PC can read, too
   * @param author who wants it, and from where
   * @throws IOException with a sentence
   */
  Support support(boolean hideAddresses, boolean toCard, String author) throws IOException;
}
