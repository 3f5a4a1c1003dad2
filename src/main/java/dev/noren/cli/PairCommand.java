package dev.noren.cli;

import dev.noren.control.PairingDesk.Pair;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code noren pair}. */
@Command(
    name = "pair",
    description = {"Show the pairings with other shops that are under way, and decide on them."})
final class PairCommand implements Callable<Integer> {
  private static final int LABEL_WIDTH = 8;

  private final Host host;
  private final Surroundings surroundings;

  @Mixin private StateOption state;

  PairCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    List<Pair> pairs = host.pairing(state.folder()).pairings();
    if (pairs.isEmpty()) {
      surroundings.say(Sentence.of("pairing.no-pairing"));
    }
    pairs.forEach(pair -> surroundings.out().print(text(pair, surroundings.language())));
    return Exit.DONE;
  }

  /** A pairing in a few lines. */
  static String text(Pair pair, Language language) {
    Speech speech = new Speech(language);
    String shop = pair.shop() == null ? speech.words("pair.another") : pair.shop();
    StringBuilder text = new StringBuilder();
    text.append(speech.words(pair.invites() ? "pair.invites" : "pair.joins", pair.form(), shop))
        .append(pair.subnet() == null ? "" : " (" + pair.subnet() + ")")
        .append('\n');
    String digits = pair.digits();
    if (digits != null) {
      field(text, speech.words("pair.digits"), digits.substring(0, 3) + " " + digits.substring(3));
    }
    String state = pair.state().in(language);
    field(text, speech.words("pair.state"), state);
    // From another process, the state comes as words alone.
    if (state.equals(Pair.toCompare(pair.form()).in(language))) {
      field(text, "", speech.words("pair.how-to-decide", pair.form()));
    }
    Instant until = pair.expires().truncatedTo(ChronoUnit.SECONDS);
    field(
        text,
        speech.words("pair.until"),
        pair.invites() ? until.toString() : speech.words("pair.by-their-clock", until));
    pair.remarks().forEach(remark -> field(text, speech.words("pair.note"), remark.in(language)));
    return text.toString();
  }

  private static void field(StringBuilder text, String label, String value) {
    text.append("  ")
        .append(label)
        .append(" ".repeat(LABEL_WIDTH - Wrapping.width(label)))
        .append(value)
        .append('\n');
  }
}
