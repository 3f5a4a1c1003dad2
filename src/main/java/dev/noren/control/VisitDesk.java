package dev.noren.control;

import dev.noren.config.TunnelName;
import dev.noren.net.IpAddress;
import java.io.IOException;
import java.util.List;

/**
 * Lets a technician open the box's page from elsewhere for two hours. An IOException's message is
 * one sentence that is shown as it is.
 */
public interface VisitDesk {
  /** How long a visit lasts. */
  int LASTS_HOURS = 2;

  /**
   * A visit that has begun.
   *
   * @param conf what the technician's WireGuard takes: a secret, which is kept nowhere
   * @param secondsLeft how long it lasts
   */
  record Opened(String conf, long secondsLeft) {
    /** Without the file. */
    @Override
    public String toString() {
      return "Opened[secondsLeft=" + secondsLeft + "]";
    }
  }

  /**
   * A visit that is on.
   *
   * @param addresses from which the technician comes
   * @param secondsLeft how long it still lasts
   */
  record Visitor(List<IpAddress> addresses, long secondsLeft) {
    public Visitor {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * Begins one, in place of any that is on.
   *
   * @param form the form by which the technician calls in
   * @param author who it is, and from where
   */
  Opened openVisit(TunnelName form, String author) throws IOException;

  /** The one that is on, or null. */
  Visitor visit() throws IOException;

  /** Ends the one that is on, if any, at once. */
  void closeVisit(String author) throws IOException;
}
