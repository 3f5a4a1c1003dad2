package dev.noren.web;

import dev.noren.status.Echoes;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.text.Sentence;
import java.util.List;

/** How a far end answers, in words: how long an answer takes and how much is lost. */
final class AnswerWords {
  /** What nobody notices, microseconds. */
  private static final long QUICK = 60_000;

  /** Beyond this, people who speak with each other notice it (ITU-T G.114, both ways). */
  private static final long SLOW = 300_000;

  /** From here on a voice breaks off now and then, percent. */
  private static final long MUCH_LOST = 3;

  private static final int PERCENT = 100;
  private static final int MICROS = 1_000;

  private AnswerWords() {}

  /** Of a far end of a tunnel; null for a device that calls in, which nobody asks. */
  static Sentence of(String tunnel, Peer peer, List<Echoes> echoes) {
    Echoes found =
        echoes.stream()
            .filter(each -> each.tunnel().equals(tunnel))
            .filter(each -> each.publicKey().equals(peer.publicKey()))
            .findFirst()
            .orElse(null);
    if (found == null) {
      return peer.callsIn() ? null : Sentence.of("answers.unknown");
    }
    return found.asked() == 0 ? Sentence.of("answers.measuring") : said(found);
  }

  private static Sentence said(Echoes found) {
    if (found.microseconds() == null) {
      return Sentence.of("answers.silent", found.target(), found.asked());
    }
    String ms =
        found.microseconds() < MICROS
            ? "<1"
            : Long.toString(Math.round((double) found.microseconds() / MICROS));
    // What is lost is never said to be nothing.
    long lost = (found.lost() * (long) PERCENT + found.asked() - 1) / found.asked();
    if (lost >= MUCH_LOST) {
      return Sentence.of("answers.lossy", ms, lost);
    }
    if (found.microseconds() > SLOW) {
      return Sentence.of("answers.slow", ms, lost);
    }
    return Sentence.of(found.microseconds() > QUICK ? "answers.fair" : "answers.quick", ms, lost);
  }
}
