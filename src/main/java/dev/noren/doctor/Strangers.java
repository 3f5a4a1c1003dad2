package dev.noren.doctor;

import dev.noren.net.IpAddress;

/**
 * What came to a tunnel's port from nobody that it knows. Anybody can send such things, so they
 * prove nothing; that they come from where a far end is makes them likely to be its.
 *
 * @param tunnel the tunnel's name
 * @param unknownKeys calls of keys that are not configured
 * @param keyHash the beginning of the hash of the last such key, or null
 * @param unknownFrom from where it called, or null
 * @param otherKey handshakes that were made for another key than this box's
 * @param otherFrom from where the last came, or null
 * @param noWireGuard datagrams that are not WireGuard's
 * @param noWireGuardFrom from where the last came, or null
 */
public record Strangers(
    String tunnel,
    Event unknownKeys,
    String keyHash,
    IpAddress unknownFrom,
    Event otherKey,
    IpAddress otherFrom,
    Event noWireGuard,
    IpAddress noWireGuardFrom) {
  /** Where nobody came. */
  public static Strangers nobody(String tunnel) {
    return new Strangers(tunnel, Event.NEVER, null, null, Event.NEVER, null, Event.NEVER, null);
  }
}
