package dev.noren.config;

import java.time.Instant;

/**
 * A configuration that was saved.
 *
 * @param number its number, one more than that of the one before; 0 where none was ever saved
 * @param savedAt when, in whole seconds, as the box's clock had it
 * @param author who saved it, and from where
 * @param change what it changed, on one line without a secret
 * @param config the configuration
 */
public record StoredConfig(
    int number, Instant savedAt, String author, String change, RouterConfig config) {
  /** What there is before anything was saved: nobody has claimed this box yet. */
  public static final StoredConfig UNCLAIMED =
      new StoredConfig(0, Instant.EPOCH, "nobody", "nothing was saved yet", RouterConfig.DEFAULT);

  /** Whether nobody ever saved a configuration on this box. */
  public boolean isUnclaimed() {
    return number == 0;
  }
}
