package dev.noren.cli;

import dev.noren.control.PairingDesk.Pair;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.io.IOException;
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
    StringBuilder text = new StringBuilder();
    text.append(pair.form())
        .append(pair.invites() ? ": invites " : ": joins ")
        .append(pair.shop() == null ? "another shop" : pair.shop())
        .append(pair.subnet() == null ? "" : " (" + pair.subnet() + ")")
        .append('\n');
    if (pair.digits() != null) {
      text.append("  digits  ")
          .append(pair.digits(), 0, 3)
          .append(' ')
          .append(pair.digits(), 3, 6)
          .append('\n');
    }
    text.append("  state   ").append(pair.state().in(language)).append('\n');
    text.append("  until   ")
        .append(pair.expires().truncatedTo(ChronoUnit.SECONDS))
        .append(pair.invites() ? "" : ", by the other router's clock")
        .append('\n');
    pair.remarks()
        .forEach(remark -> text.append("  note    ").append(remark.in(language)).append('\n'));
    return text.toString();
  }
}
