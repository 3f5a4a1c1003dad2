package dev.noren.config;

import dev.noren.text.Sentence;
import java.util.List;

/**
 * A configuration after a change, and what is to be said about it.
 *
 * @param config the configuration
 * @param remarks one sentence each
 */
public record Edited(RouterConfig config, List<Sentence> remarks) {
  public Edited {
    remarks = List.copyOf(remarks);
  }
}
