package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.linux.Netns;
import dev.noren.net.IpAddress;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FlowWatchIT {
  private static final String MARKED =
      """
      table inet t {
        chain c {
          type filter hook output priority 0
          udp dport 9 ct mark set 0x6e720101
          ct state new accept
        }
      }
      """;

  private static Void send(String to, int port) throws Exception {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(new byte[1], 1, InetAddress.getByName(to), port));
    }
    return null;
  }

  @Test
  void tellsOfEachFlowOnceAndOfNoneAfterItIsClosed() throws Exception {
    try (Netns netns = Netns.create("fw")) {
      netns.run(() -> new CommandRunner().run(List.of("nft", "-f", "-"), MARKED));
      BlockingQueue<Flow> told = new LinkedBlockingQueue<>();
      AtomicInteger lost = new AtomicInteger();
      FlowWatch watch = netns.run(() -> FlowWatch.start(told::add, lost::incrementAndGet));
      try (watch) {
        netns.run(() -> send("127.0.0.2", 9));
        netns.run(() -> send("::1", 10));
        Flow first = told.poll(10, TimeUnit.SECONDS);
        assertNotNull(first);
        assertEquals(17, first.protocol());
        assertEquals(IpAddress.parse("127.0.0.2"), first.destination());
        assertEquals(9, first.port());
        assertEquals(first.source(), first.answersTo());
        assertEquals(first.destination(), first.answersFrom());
        assertEquals(0x6e720101, first.mark());
        Flow second = told.poll(10, TimeUnit.SECONDS);
        assertNotNull(second);
        assertEquals(IpAddress.parse("::1"), second.destination());
        assertEquals(10, second.port());
        assertEquals(0, second.mark());
      }
      netns.run(() -> send("127.0.0.3", 9));
      assertEquals(Set.of(), Set.copyOf(told));
      assertEquals(0, lost.get());
    }
  }

  @Test
  void aKernelThatIsToldNotToTellIsRefused() throws Exception {
    try (Netns netns = Netns.create("fn")) {
      netns.run(() -> new CommandRunner().run(List.of("nft", "-f", "-"), MARKED));
      netns.exec("sysctl", "-w", "net.netfilter.nf_conntrack_events=0");
      ExecutionException refusal =
          assertThrows(
              ExecutionException.class,
              () -> netns.run(() -> FlowWatch.start(flow -> {}, () -> {})).close());
      assertTrue(
          refusal.toString().contains("net.netfilter.nf_conntrack_events is 0"),
          refusal.toString());
    }
  }
}
