package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RouteSocketTest {
  private static NetlinkMessage question(String name, int sequence) {
    return NetlinkMessage.request(NetlinkMessage.RTM_GETLINK, NetlinkMessage.LINK_BODY, sequence)
        .with(NetlinkMessage.IFLA_IFNAME, name);
  }

  @Test
  void anAnswerIsThereAtOnce() throws LinuxException {
    try (RouteSocket socket = RouteSocket.open(0)) {
      assertEquals(RouteSocket.NOTHING, socket.receive());
      socket.send(question("lo", 41));
      assertTrue(socket.receive() > 0);
      NetlinkMessage message = socket.messages();
      assertTrue(message.next());
      assertTrue(socket.isAnswer(message, 41));
      assertFalse(socket.isAnswer(message, 42));
      assertEquals(RouteSocket.OWN, socket.namespaceId());
      assertEquals(NetlinkMessage.RTM_NEWLINK, message.type());
      assertEquals(1, message.linkIndex());
      assertEquals("lo", message.text(NetlinkMessage.LINK_BODY, NetlinkMessage.IFLA_IFNAME));
      assertNotEquals(0, message.number(NetlinkMessage.LINK_BODY, NetlinkMessage.IFLA_MTU, 0));
      assertFalse(message.next());
      assertEquals(RouteSocket.NOTHING, socket.receive());
    }
  }

  @Test
  void aRefusalIsAnErrno() throws LinuxException {
    try (RouteSocket socket = RouteSocket.open(0)) {
      socket.send(question("nrl-no-such-if", 1));
      assertTrue(socket.receive() > 0);
      NetlinkMessage message = socket.messages();
      assertTrue(message.next());
      assertEquals(NetlinkMessage.NLMSG_ERROR, message.type());
      assertEquals(Errno.ENODEV, message.error());
      assertTrue(socket.isAnswer(message, 1));
    }
  }

  @Test
  void listensToNotificationsWithoutRootToo() throws LinuxException {
    try (RouteSocket socket = RouteSocket.open(RouteSocket.GROUP_LINK | RouteSocket.GROUP_NSID)) {
      socket.send(question("lo", 3));
      assertTrue(socket.receive() > 0);
    }
  }

  @Test
  void theOwnNamespaceIsKnown() throws IOException {
    try (NetworkNamespaces namespaces = NetworkNamespaces.open();
        Fd own = Fd.open("/proc/thread-self/ns/net", 0)) {
      assertEquals(RouteSocket.OWN, namespaces.idOf(own));
    }
  }
}
