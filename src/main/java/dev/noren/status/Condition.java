package dev.noren.status;

import java.time.Instant;

/**
 * How the router is: what the lights, the page and the command line say alike.
 *
 * @param state the state of health, as the table of signals calls it
 * @param since since when, as the box's clock had it
 * @param finding why, as far as it is known; null where nothing is wrong, or not known yet
 */
public record Condition(String state, Instant since, Finding finding) {
  /** In this state. */
  public Condition(Health health, Instant since, Finding finding) {
    this(health.key(), since, finding);
  }

  /** The state of health. */
  public Health health() {
    return Health.of(state);
  }
}
