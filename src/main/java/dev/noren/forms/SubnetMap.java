package dev.noren.forms;

import dev.noren.config.Shop;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An IPv4 network that others see as another one, address by address.
 *
 * @param real as its machines have it
 * @param seen as others see it, of the same length
 */
public record SubnetMap(Cidr real, Cidr seen) {
  /** The networks of a shop that are seen as others, whoever maps them. */
  static List<SubnetMap> of(Shop shop) {
    return IntStream.range(0, shop.seenAs().size())
        .mapToObj(i -> new SubnetMap(shop.subnets().get(i).masked(), shop.seenAs().get(i).masked()))
        .toList();
  }

  /** As whom others see a machine. */
  public IpAddress seen(IpAddress machine) {
    return IpAddress.v4((int) (machine.low() ^ real.address().low() ^ seen.address().low()));
  }

  /** As whom a shop's machine is seen from here: itself where none of its networks is mapped. */
  static IpAddress seen(Shop shop, IpAddress machine) {
    return of(shop).stream()
        .filter(map -> map.real().contains(machine))
        .findFirst()
        .map(map -> map.seen(machine))
        .orElse(machine);
  }
}
