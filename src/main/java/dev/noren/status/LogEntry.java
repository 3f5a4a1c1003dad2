package dev.noren.status;

import java.time.Instant;

/**
 * Something that happened, as the audit log has it.
 *
 * @param at when, as the box's clock had it
 * @param kind what kind of thing
 * @param who whose doing it was: a person and where from, or a device; "-" for the box itself
 * @param what what happened, on one line without a secret
 */
public record LogEntry(Instant at, Kind kind, String who, String what) {
  /** What is written down. */
  public enum Kind {
    /** The configuration was changed, or a change was confirmed or undone. */
    CONFIG,

    /** A device came or went. */
    DEVICE,

    /** Where a device opened connections to; only where the document asks for it. */
    OPENED,

    /** The firewall refused something. */
    REFUSED,

    /** Somebody signed in, tried to, or is signed out. */
    SIGNIN,

    /** The router itself: starts, stops, lines and tunnels that fail or come back. */
    ROUTER
  }
}
