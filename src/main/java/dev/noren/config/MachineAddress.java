package dev.noren.config;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.net.PrivateNetworks;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.List;

/** Which addresses a machine can have in a network, and which it can be reached at. */
final class MachineAddress {
  /**
   * A block of addresses that is something else (the registries of special-purpose addresses, RFC
   * 6890).
   *
   * @param kind the key of what its addresses are
   * @param here whether a machine may use it on itself
   */
  private record Block(Cidr cidr, String kind, boolean here) {}

  private static final List<Block> BLOCKS =
      List.of(
          block("0.0.0.0/8", "machine.reserved", false),
          block("127.0.0.0/8", "machine.loopback", true),
          new Block(PrivateNetworks.LINK_LOCAL_4, "machine.link-local", true),
          block("224.0.0.0/4", "machine.multicast", false),
          block("240.0.0.0/4", "machine.reserved", false),
          block("::/128", "machine.unspecified", false),
          block("::1/128", "machine.loopback", true),
          block("::ffff:0:0/96", "machine.v4-mapped", false),
          block("fe80::/10", "machine.link-local", false),
          block("ff00::/8", "machine.multicast", false));

  private MachineAddress() {}

  private static Block block(String cidr, String kind, boolean here) {
    return new Block(Cidr.parse(cidr), kind, here);
  }

  /**
   * Refuses what no machine has in a network that others forward into.
   *
   * @throws IllegalArgumentException with the reason
   */
  static void checkOwn(IpAddress address) {
    refuse(address, kind(address, false));
  }

  /**
   * Refuses what no tunnel's interface can have. Far ends do give it link-local addresses of IPv4.
   *
   * @throws IllegalArgumentException with the reason
   */
  static void checkTunnel(IpAddress address) {
    if (!PrivateNetworks.LINK_LOCAL_4.contains(address)) {
      checkOwn(address);
    }
  }

  /**
   * Refuses what nothing can be sent to; a program on this machine, at a loopback address, can be.
   *
   * @throws IllegalArgumentException with the reason
   */
  static void checkOther(IpAddress address) {
    refuse(address, kind(address, true));
  }

  private static void refuse(IpAddress address, String kind) {
    if (kind != null) {
      throw new Refused("machine.kind", address, Sentence.of(kind));
    }
  }

  private static String kind(IpAddress address, boolean other) {
    return BLOCKS.stream()
        .filter(block -> block.cidr().contains(address) && !(other && block.here()))
        .findFirst()
        .map(Block::kind)
        .orElse(null);
  }

  /**
   * Refuses a subnet in which no machine is that packets could be forwarded to.
   *
   * @throws IllegalArgumentException with the reason
   */
  static void checkSubnet(Cidr subnet) {
    BLOCKS.stream()
        .filter(block -> holds(block.cidr(), subnet))
        .findFirst()
        .ifPresent(
            block -> {
              throw new Refused("machine.block", subnet, block.cidr());
            });
  }

  /** Whether packets could be forwarded to machines in this subnet. */
  static boolean isForwardedTo(Cidr subnet) {
    return BLOCKS.stream().noneMatch(block -> holds(block.cidr(), subnet));
  }

  private static boolean holds(Cidr block, Cidr subnet) {
    return block.prefixLength() <= subnet.prefixLength() && block.contains(subnet.address());
  }
}
