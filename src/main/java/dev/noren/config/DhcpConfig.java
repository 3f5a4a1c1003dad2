package dev.noren.config;

import dev.noren.net.IpAddress;

/**
 * The addresses that clients of the shop's network get.
 *
 * @param on whether there is a DHCP server; null for yes in the role of a router, no beside one
 * @param from the first address, or null for one that follows from the network
 * @param to the last one; null where {@code from} is
 * @param leaseMinutes how long a client may keep its address, minutes
 */
public record DhcpConfig(Boolean on, IpAddress from, IpAddress to, int leaseMinutes) {
  /** Half a day. */
  public static final int LEASE_MINUTES = 720;

  /** The shortest lease that dnsmasq gives. */
  public static final int MIN_LEASE_MINUTES = 2;

  /** A year. */
  public static final int MAX_LEASE_MINUTES = 525_600;
}
