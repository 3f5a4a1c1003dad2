package dev.noren.services;

import dev.noren.net.IpAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;

/**
 * What the firewall knows of devices whose person has signed in. Its exceptions have a sentence.
 */
public interface SignedIn {
  /** Opens for addresses, from now on for so long. */
  void open(Collection<IpAddress> addresses, Duration time) throws IOException;

  /** Closes for addresses, whether they were open or not. */
  void close(Collection<IpAddress> addresses) throws IOException;

  /** Closes for all; fails where the firewall knows nobody who signs in. */
  void clear() throws IOException;
}
