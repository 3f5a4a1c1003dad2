package dev.noren.config;

import java.time.LocalTime;

/**
 * What the lights do.
 *
 * @param nightFrom from when on they rest, by the box's clock, or null for never
 * @param nightTo until when, or null
 */
public record LedConfig(LocalTime nightFrom, LocalTime nightTo) {
  /** They never rest. */
  public static final LedConfig ALWAYS = new LedConfig(null, null);
}
