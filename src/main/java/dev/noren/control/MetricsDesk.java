package dev.noren.control;

import java.io.IOException;

/** How the router fares in numbers. Any thread may call. */
public interface MetricsDesk {
  /**
   * The metrics as Prometheus reads them. That somebody asks has far ends asked for echoes for a
   * quarter of a minute; nobody else is asked for it.
   *
   * @throws IOException with a sentence, where the router does not answer
   */
  String metrics() throws IOException;
}
