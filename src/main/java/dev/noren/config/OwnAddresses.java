package dev.noren.config;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;

/** The addresses of the router's own interfaces, and those that it must leave to others. */
final class OwnAddresses {
  private final Cidr lan;
  private final Once own = new Once();
  private final Once gateways = new Once();

  /**
   * @param lan the address in the shop's network, or null
   */
  OwnAddresses(Cidr lan) {
    this.lan = lan;
  }

  /**
   * Takes an interface's address.
   *
   * @throws IllegalArgumentException with the reason where another one, or a gateway, has it
   */
  void take(String path, IpAddress address) {
    if (gateways.has(address)) {
      throw new Refused("address.of-another", address, gateways.pathOf(address));
    }
    own.take(path, address);
  }

  /**
   * Takes the address of a line's next router; several lines may have the same.
   *
   * @throws IllegalArgumentException with the reason where it is an own one
   */
  void takeGateway(String path, IpAddress gateway) {
    checkForeign(gateway);
    if (!gateways.has(gateway)) {
      gateways.take(path, gateway);
    }
  }

  /**
   * Refuses an own address for another machine's.
   *
   * @throws IllegalArgumentException with the reason
   */
  void checkForeign(IpAddress address) {
    String path =
        lan != null && lan.address().equals(address) ? "lan.address" : own.pathOf(address);
    if (path != null) {
      throw new Refused("address.own", address, path);
    }
  }
}
