package dev.noren.forms;

import dev.noren.config.TunnelName;
import dev.noren.net.Cidr;
import java.util.List;

/**
 * What a form's tunnel lets through, besides what any tunnel does.
 *
 * @param tunnel the tunnel
 * @param shops the networks of far shops, as packets here are sent to them
 * @param inTunnel the networks of far shops, as packets in the tunnel have them, which may start
 *     connections into the shop's network
 * @param devices the devices, which may do what is said here and nothing else
 * @param exchange whether far shops reach each other through it
 * @param ownSeenAs as which far shops see the shop's own network, or null where it is the same
 * @param farMaps the far networks that this end makes others of
 */
public record TunnelAccess(
    TunnelName tunnel,
    List<Cidr> shops,
    List<Cidr> inTunnel,
    List<DeviceAccess> devices,
    boolean exchange,
    Cidr ownSeenAs,
    List<SubnetMap> farMaps) {
  public TunnelAccess {
    shops = List.copyOf(shops);
    inTunnel = List.copyOf(inTunnel);
    devices = List.copyOf(devices);
    farMaps = List.copyOf(farMaps);
  }
}
