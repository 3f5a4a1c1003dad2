package dev.noren.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.noren.crypto.ConstantTime;
import java.security.InvalidKeyException;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * One-time codes by the time of day (RFC 6238), as all apps make them: HMAC-SHA-1, six digits, a
 * new one each 30 seconds.
 */
final class Totp {
  static final Duration STEP = Duration.ofSeconds(30);
  static final int DIGITS = 6;

  /** How many steps a clock may be wrong, either way (RFC 6238, 5.2). */
  static final int TOLERANCE = 1;

  /** No step. */
  static final long NONE = Long.MIN_VALUE;

  private static final TimeBasedOneTimePasswordGenerator CODES =
      new TimeBasedOneTimePasswordGenerator(STEP, DIGITS);

  private Totp() {}

  /** The number of the step that a time is in. */
  static long stepOf(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), STEP.toSeconds());
  }

  /** The code of a step. */
  static String code(Key key, long step) {
    try {
      Instant time = Instant.ofEpochSecond(step * STEP.toSeconds());
      return CODES.generateOneTimePasswordString(key, time, Locale.ROOT);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a key for HMAC-SHA-1 is not taken", e);
    }
  }

  /**
   * The first step around a time, and after the last one that was used, of which this is the code;
   * it takes the same time whatever the code is.
   *
   * @param last the last step that was used, or {@link #NONE}
   * @return the step, or {@link #NONE}
   */
  static long match(TotpSecret secret, String code, Instant now, long last) {
    Key key = secret.key();
    byte[] given = code.getBytes(UTF_8);
    long step = stepOf(now);
    long found = NONE;
    for (long each = step + TOLERANCE; each >= step - TOLERANCE; each--) {
      byte[] right = code(key, each).getBytes(UTF_8);
      boolean same =
          given.length == right.length && ConstantTime.equal(given, 0, right, 0, right.length);
      if (same && each > last) {
        found = each;
      }
    }
    return found;
  }
}
