package dev.noren.probe;

import java.io.IOException;

/** A name server has said that there is no such name, or no address to it; a sentence. */
public final class NoAddressException extends IOException {
  private static final long serialVersionUID = 1;

  NoAddressException(String sentence) {
    super(sentence);
  }
}
