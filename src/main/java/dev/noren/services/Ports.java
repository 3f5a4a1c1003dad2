package dev.noren.services;

import dev.noren.linux.LinuxException;
import dev.noren.linux.NetlinkMessage;
import dev.noren.linux.RouteSocket;
import dev.noren.plan.RouterFacts.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Finds the Ethernet ports of the namespace in which it was opened: hardware, a switch's ports
 * (dsa) and, as tests have nothing else, veth. What only looks like Ethernet is none: bridges, TUN
 * and TAP, VLANs, wireless and dummies; nor is the processor's end of a switch. For one thread.
 */
final class Ports implements AutoCloseable {
  private static final Path SYS = Path.of("/sys/class/net");
  private static final int MAC_BYTES = 6;

  /** Answers that something interrupted before it is given up; the next change asks again. */
  private static final int ATTEMPTS = 5;

  private final RouteSocket questions;
  private int sequence;

  /** An interface that may be a port. */
  private record Link(String name, String mac, int index, int flags, int mtuBytes, String kind) {}

  private Ports(RouteSocket questions) {
    this.questions = questions;
  }

  /** Opens it in the calling thread's namespace. */
  static Ports open() throws LinuxException {
    return new Ports(RouteSocket.open(0));
  }

  /**
   * Reads them.
   *
   * @param ours names of the router's own devices, which are none
   * @return sorted by name
   * @throws IOException with a sentence
   */
  List<Port> read(Set<String> ours) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<Port> ports = tryRead(ours);
      if (ports != null) {
        return ports;
      }
    }
    throw new IOException("the network interfaces change too fast to be read");
  }

  /** The ports; null where the answer was interrupted. */
  private List<Port> tryRead(Set<String> ours) throws IOException {
    sequence++;
    questions.send(
        NetlinkMessage.requestAll(NetlinkMessage.RTM_GETLINK, NetlinkMessage.LINK_BODY, sequence)
            .with(NetlinkMessage.IFLA_EXT_MASK, NetlinkMessage.RTEXT_FILTER_SKIP_STATS));
    List<Link> links = new ArrayList<>();
    Set<Integer> behindSwitches = new HashSet<>();
    boolean interrupted = false;
    while (questions.receive() > 0) {
      NetlinkMessage message = questions.messages();
      while (message.next()) {
        if (!questions.isAnswer(message, sequence)) {
          continue;
        }
        interrupted |= message.isInterrupted();
        if (message.type() == NetlinkMessage.NLMSG_DONE) {
          return interrupted ? null : ports(links, behindSwitches, ours);
        }
        if (message.type() == NetlinkMessage.NLMSG_ERROR) {
          throw LinuxException.of("can't list the network interfaces", message.error());
        }
        take(message, links, behindSwitches);
      }
    }
    return null;
  }

  private static void take(NetlinkMessage message, List<Link> links, Set<Integer> behindSwitches) {
    String kind =
        message.text(
            NetlinkMessage.LINK_BODY, NetlinkMessage.IFLA_LINKINFO, NetlinkMessage.IFLA_INFO_KIND);
    String name = message.text(NetlinkMessage.LINK_BODY, NetlinkMessage.IFLA_IFNAME);
    byte[] mac = message.bytes(NetlinkMessage.LINK_BODY, NetlinkMessage.IFLA_ADDRESS);
    boolean port = kind == null || kind.equals("veth") || kind.equals("dsa");
    if (message.linkType() != NetlinkMessage.ARPHRD_ETHER
        || !port
        || name == null
        || mac == null
        || mac.length != MAC_BYTES) {
      return;
    }
    if ("dsa".equals(kind)) {
      behindSwitches.add(message.number(NetlinkMessage.LINK_BODY, NetlinkMessage.IFLA_LINK, 0));
    }
    int mtu = message.number(NetlinkMessage.LINK_BODY, NetlinkMessage.IFLA_MTU, 0);
    String text = HexFormat.ofDelimiter(":").formatHex(mac);
    links.add(new Link(name, text, message.linkIndex(), message.linkFlags(), mtu, kind));
  }

  private static List<Port> ports(List<Link> links, Set<Integer> behindSwitches, Set<String> ours) {
    List<Port> ports = new ArrayList<>();
    for (Link link : links) {
      if (ours.contains(link.name)
          || behindSwitches.contains(link.index)
          || (link.kind == null && isNoCable(link))) {
        continue;
      }
      try {
        ports.add(
            Port.of(
                link.name,
                link.mac,
                (link.flags & NetlinkMessage.IFF_LOWER_UP) != 0,
                link.mtuBytes));
      } catch (IllegalArgumentException e) {
        // A device without an address is not ready to be anything.
      }
    }
    ports.sort(Comparator.comparing(Port::name));
    return ports;
  }

  /**
   * Whether it is a wireless device, or a TUN or TAP device from a kernel that does not tell its
   * kind. Netlink does not say; /sys does, unless it shows another namespace's devices.
   */
  private static boolean isNoCable(Link link) {
    Path device = SYS.resolve(link.name);
    try {
      if (!Files.readString(device.resolve("ifindex")).strip().equals("" + link.index)) {
        return false;
      }
    } catch (IOException e) {
      return false;
    }
    return Files.exists(device.resolve("wireless"))
        || Files.exists(device.resolve("phy80211"))
        || Files.exists(device.resolve("tun_flags"));
  }

  @Override
  public void close() {
    questions.close();
  }
}
