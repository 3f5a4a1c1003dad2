package dev.noren.control;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;

/**
 * Where people sign in, each from a device of their own. Any thread may call; an IOException's
 * message is one sentence that is shown as it is.
 */
public interface SignInDesk {
  /**
   * What came of it.
   *
   * @param until until when the device is let through, or null where it is not
   * @param waitSeconds where it is not, how long nothing is looked at from now on, seconds; 0 for
   *     not at all
   * @param looked whether the code was looked at
   */
  record Result(Instant until, long waitSeconds, boolean looked) {}

  /**
   * A person signs in.
   *
   * @param source the address that the question comes from
   * @param person the name that is given
   * @param code the one-time code
   */
  Result signIn(InetAddress source, String person, String code) throws IOException;

  /** Until when this address is let through, or null where nobody has signed in there. */
  Instant signedInUntil(InetAddress source);
}
