package dev.noren.forms;

import dev.noren.config.TunnelName;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.List;

/**
 * What a form's tunnel lets through, besides what any tunnel does.
 *
 * @param tunnel the tunnel
 * @param shops the networks of far shops, as packets here are sent to them
 * @param inTunnel the networks of far shops, as packets in the tunnel have them, which may start
 *     connections into the shop's network
 * @param internet the networks of far shops, as packets in the tunnel have them, that go out to the
 *     internet through this shop
 * @param devices the devices, which may do what is said here and nothing else
 * @param exchange whether far shops reach each other through it
 * @param ownSeenAs as which far shops see the shop's own network, or null where it is the same
 * @param farMaps the far networks that this end makes others of
 * @param farEnds the addresses of far shops in the tunnel
 * @param farEndAsks whether who is there, and is no device, may ask Noren for names
 */
public record TunnelAccess(
    TunnelName tunnel,
    List<Cidr> shops,
    List<Cidr> inTunnel,
    List<Cidr> internet,
    List<DeviceAccess> devices,
    boolean exchange,
    Cidr ownSeenAs,
    List<SubnetMap> farMaps,
    List<IpAddress> farEnds,
    boolean farEndAsks) {
  public TunnelAccess {
    shops = List.copyOf(shops);
    inTunnel = List.copyOf(inTunnel);
    internet = List.copyOf(internet);
    devices = List.copyOf(devices);
    farMaps = List.copyOf(farMaps);
    farEnds = List.copyOf(farEnds);
  }
}
