package dev.noren.config;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.List;

/**
 * The shop's network.
 *
 * @param address Noren's own IPv4 address in it, or null for one that the box chooses by itself
 * @param dhcp the addresses that clients get
 * @param reservations the devices that always get the same one
 */
public record LanConfig(Cidr address, DhcpConfig dhcp, List<Reservation> reservations) {
  public LanConfig {
    reservations = List.copyOf(reservations);
  }

  /**
   * A device that always gets the same address.
   *
   * @param mac the device
   * @param address its IPv4 address, in the shop's network
   * @param name its host name, or null
   * @param iot whether it is a thing: it can be reached, and starts no connection out of the shop's
   *     network
   */
  public record Reservation(MacAddress mac, IpAddress address, String name, boolean iot) {}

  /**
   * The device that a tunnel's setting means: a MAC address as it is, or that of the reservation of
   * this name.
   *
   * @throws IllegalArgumentException where it is neither
   */
  public MacAddress device(String text) {
    return reservations.stream()
        .filter(reservation -> text.equals(reservation.name()))
        .findFirst()
        .map(Reservation::mac)
        .orElseGet(() -> MacAddress.parse(text));
  }
}
