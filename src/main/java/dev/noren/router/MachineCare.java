package dev.noren.router;

import dev.noren.control.MachineDesk;
import dev.noren.state.ZoneFile;
import dev.noren.text.Failed;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.time.ZoneId;
import java.util.function.BiConsumer;

/** Has the root helper restart the machine, keeps its time zone, and writes down who wanted it. */
final class MachineCare implements MachineDesk {
  private final Helper helper;
  private final ZoneFile zones;
  private final BiConsumer<String, String> log;

  /** Does what only root may. */
  interface Helper {
    /**
     * Asks for something.
     *
     * @throws IOException with a sentence, where it is refused or nobody is there
     */
    void ask(String request) throws IOException;
  }

  /**
   * @param log takes who did what
   */
  MachineCare(Helper helper, ZoneFile zones, BiConsumer<String, String> log) {
    this.helper = helper;
    this.zones = zones;
    this.log = log;
  }

  @Override
  public void restart(String author) throws IOException {
    // Before, since afterwards there may be no time.
    log.accept(author, Past.words("past.restarts"));
    try {
      helper.ask("reboot");
    } catch (IOException e) {
      log.accept(author, Past.words("past.restart-failed", e.getMessage()));
      throw new Failed(Sentence.of("restart.not-here", Sentence.of(e)), e);
    }
  }

  @Override
  public void timeZone(ZoneId zone, String author) throws IOException {
    zones.keep(zone);
    log.accept(author, Past.words("past.zone", zone));
  }
}
