package dev.noren.tunnel;

/** Where the TAI64N timestamps of initiations come from: each greater than all before (WP 5.1). */
public interface Timestamps {
  /** The next timestamp: 12 bytes, greater than every one before, over restarts too. */
  byte[] next();
}
