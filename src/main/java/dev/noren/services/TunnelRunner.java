package dev.noren.services;

import dev.noren.plan.TunnelPlan;
import java.io.IOException;

/** Begins, changes and ends tunnels, of which this room knows nothing. */
public interface TunnelRunner {
  /**
   * A tunnel begins, changes or ends, whole or not at all.
   *
   * @param before as it runs, or null
   * @param after as it shall run, or null
   * @throws IOException with a sentence
   */
  void change(TunnelPlan before, TunnelPlan after) throws IOException;
}
