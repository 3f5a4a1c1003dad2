package dev.noren.cli;

import dev.noren.control.NoticeDesk;
import dev.noren.control.NoticeDesk.Notices;
import dev.noren.control.NoticeDesk.Tried;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code noren notices}. */
@Command(
    name = "notices",
    description = {
      "Say what the box tells its owner by itself, by mail and webhook, and what became of the last"
          + " notices. The configuration has it at notices."
    })
final class NoticesCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Option(
      names = "--test",
      description =
          "Send one now by each way, and say whether it arrived; most of a minute at most.")
  private boolean test;

  @Mixin private StateOption state;

  NoticesCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    NoticeDesk desk = host.notices(state.folder());
    if (test) {
      List<Tried> tried = desk.testNotices(ConfigCommand.author(surroundings));
      tried.forEach(this::say);
      return tried.stream().allMatch(Tried::arrived) ? Exit.DONE : Exit.FAILED;
    }
    Notices notices = desk.notices();
    if (notices.mail() == null && notices.webhook() == null) {
      surroundings.say(Sentence.of("notices.none"));
      return Exit.DONE;
    }
    if (notices.mail() != null) {
      surroundings.say(Sentence.of("notices.by-mail", notices.mail()));
    }
    if (notices.webhook() != null) {
      surroundings.say(Sentence.of("notices.by-webhook", notices.webhook()));
    }
    surroundings.say(Sentence.of("notices.of", String.join(", ", notices.events())));
    if (notices.waiting() > 0) {
      surroundings.say(Sentence.of("notices.waiting", notices.waiting()));
    }
    notices.last().forEach(this::say);
    return Exit.DONE;
  }

  private void say(Tried tried) {
    surroundings.say(
        Sentence.of("notices.tried", tried.at(), tried.event(), tried.by(), tried.says()));
  }
}
