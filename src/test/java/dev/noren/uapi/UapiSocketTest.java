package dev.noren.uapi;

import static dev.noren.uapi.UapiEnd.EINVAL;
import static dev.noren.uapi.UapiEnd.EPROTO;
import static dev.noren.uapi.UapiEnd.OK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.Endpoint;
import dev.noren.tunnel.Drop;
import dev.noren.tunnel.TunnelPair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The wg tool's socket from end to end. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UapiSocketTest {
  @TempDir private Path folder;
  private UapiEnd end;

  @BeforeEach
  void start() throws IOException {
    end = new UapiEnd(folder);
  }

  @AfterEach
  void end() {
    end.close();
  }

  @Test
  void whatIsSetIsGot() throws IOException {
    String request =
        """
        private_key=SECRET
        listen_port=1234
        fwmark=4294967295
        replace_peers=true
        public_key=KEY
        preshared_key=PSK
        endpoint=203.0.113.7:51820
        persistent_keepalive_interval=0
        replace_allowed_ips=true
        allowed_ip=10.7.0.0/16
        """
            .replace("SECRET", UapiEnd.secret(1))
            .replace("KEY", UapiEnd.key(2))
            .replace("PSK", UapiEnd.secret(3));
    assertEquals(OK, end.ask("set=1\n" + request + "\n"));
    assertEquals(
        """
        private_key=SECRET
        listen_port=1234
        fwmark=4294967295
        public_key=KEY
        preshared_key=PSK
        protocol_version=1
        endpoint=203.0.113.7:51820
        last_handshake_time_sec=0
        last_handshake_time_nsec=0
        tx_bytes=0
        rx_bytes=0
        persistent_keepalive_interval=0
        allowed_ip=10.7.0.0/16
        errno=0

        """
            .replace("SECRET", UapiEnd.secret(1))
            .replace("KEY", UapiEnd.key(2))
            .replace("PSK", UapiEnd.secret(3)),
        end.get());
  }

  @Test
  void aLivingPeerIsShown() throws IOException {
    String shown = end.get();
    assertTrue(shown.contains("\nendpoint=192.0.2.2:2000\n"), shown);
    assertTrue(shown.contains("\nallowed_ip=10.0.0.2/32\n"), shown);
    // Sent: 148 of initiation, and 100 bytes padded to 112. Received: 92, and 333 padded to 336.
    assertTrue(shown.contains("\ntx_bytes=" + (148 + 112 + 32) + "\n"), shown);
    assertTrue(shown.contains("\nrx_bytes=" + (92 + 336 + 32) + "\n"), shown);
    assertFalse(shown.contains("last_handshake_time_sec=0\n"), shown);
  }

  @Test
  void oneConnectionCarriesSeveralRequests() throws IOException {
    try (UapiEnd.Caller caller = end.call()) {
      for (int mark = 1; mark <= 3; mark++) {
        assertEquals(OK, caller.say("set=1\nfwmark=" + mark + "\n\n").hear());
        assertTrue(caller.say("get=1\n\n").hear().contains("\nfwmark=" + mark + "\n"));
      }
      assertEquals(EINVAL, caller.say("set=1\nfwmark=x\n\n").hear(), "and goes on after a fault");
      caller.say("set=1\nfwmark=7\n\nget=1\n\nset=1\n\n");
      assertEquals(OK, caller.hear(), "three at once");
      assertTrue(caller.hear().contains("\nfwmark=7\n"));
      assertEquals(OK, caller.hear());
    }
  }

  @Test
  void aRequestMayComeInAnyPieces() throws IOException {
    try (UapiEnd.Caller caller = end.call()) {
      for (char c : "set=1\nfwmark=77\n\n".toCharArray()) {
        caller.say(String.valueOf(c));
      }
      assertEquals(OK, caller.hear());
      assertTrue(end.get().contains("\nfwmark=77\n"));
    }
  }

  @Test
  void aThousandPeersGoInAndComeBack() throws IOException {
    end.pair.a.down();
    String wanted = UapiEnd.peers(1000);
    assertEquals(OK, end.ask("set=1\n" + wanted + "\n"));
    Set<String> missing = blocks(wanted);
    Set<String> tooMany = blocks(end.get());
    assertEquals(1000, tooMany.size());
    missing.removeAll(tooMany);
    tooMany.removeAll(blocks(wanted));
    assertEquals(List.of(), missing.stream().limit(3).toList(), "not shown");
    assertEquals(List.of(), tooMany.stream().limit(3).toList(), "shown too much");
    assertEquals(OK, end.ask("set=1\nreplace_peers=true\n\n"));
    assertFalse(end.get().contains("public_key="));
  }

  @Test
  void morePeersThanThereIsRoomForChangeNothing() throws IOException {
    end.pair.a.down();
    String before = end.get();
    String tooMany = "fwmark=9\n" + UapiEnd.peers(UapiEnd.MOST_PEERS + 1);
    assertEquals(UapiEnd.ENOMEM, end.ask("set=1\n" + tooMany + "\n"));
    assertEquals(before, end.get());
    assertEquals(OK, end.ask("set=1\n" + UapiEnd.peers(UapiEnd.MOST_PEERS) + "\n"));
    String oneMore = "public_key=" + UapiEnd.key(1) + "\n";
    assertEquals(UapiEnd.ENOMEM, end.ask("set=1\n" + oneMore + "\n"));
    String oneLess = "public_key=" + UapiEnd.key(1000) + "\nremove=true\n";
    assertEquals(OK, end.ask("set=1\n" + oneMore + oneLess + "\n"), "one comes and one goes");
  }

  /** A request that names more than anyone may, again and again, is not even kept. */
  @Test
  void aRequestWithoutEndIsNotKept() throws IOException {
    String prefixes = "allowed_ip=10.0.0.0/8\n".repeat(100_000);
    String peer = "public_key=" + UapiEnd.key(1) + "\n";
    assertEquals(UapiEnd.ENOMEM, end.ask("set=1\n" + peer + prefixes + "\n"));
    assertEquals(OK, end.ask("set=1\n" + peer + "\n"));
  }

  /** The peers in any order, each with its lines in any order, but for what only get shows. */
  private static Set<String> blocks(String text) {
    Set<String> blocks = new TreeSet<>();
    String peersOnly = text.substring(text.indexOf("public_key=") + "public_key=".length());
    for (String block : peersOnly.split("public_key=", -1)) {
      blocks.add(
          block
              .lines()
              .filter(l -> !l.matches("(last_|tx_|rx_|protocol_|errno).*|"))
              .sorted()
              .collect(Collectors.joining("|")));
    }
    return blocks;
  }

  @Test
  void idleCallersDontKeepAWorkingOneOut() throws IOException {
    List<UapiEnd.Caller> idle = new ArrayList<>();
    try (UapiEnd.Caller working = end.call()) {
      for (int i = 0; i < 3 * UapiServer.MAX_CALLERS; i++) {
        idle.add(end.call().say(i % 3 == 0 ? "set=1\nfwmark=5\n" : ""));
        assertTrue(working.say("get=1\n\n").hear().endsWith(OK), "after " + i + " others");
      }
      assertTrue(end.get().endsWith(OK));
      assertEquals("", idle.get(0).hear(), "the one silent longest has made room");
      assertTrue(idle.get(idle.size() - 1).say("\n\nget=1\n\n").hear().endsWith(OK));
      assertTrue(
          TunnelPair.eventually(() -> UapiEnd.threads() <= UapiServer.MAX_CALLERS + 1),
          "one thread each, and one that accepts");
    } finally {
      idle.forEach(UapiEnd.Caller::close);
    }
  }

  @Test
  void closingHangsUpOnThoseThatAreThere() throws IOException {
    try (UapiEnd.Caller idle = end.call()) {
      assertTrue(idle.say("get=1\n\n").hear().endsWith(OK));
      end.server.close();
      assertEquals("", idle.hear());
    }
  }

  @Test
  void dropsAreCountedByReason() throws IOException {
    Endpoint stranger = Endpoint.parse("198.51.100.66:666");
    for (int i = 0; i < 3; i++) {
      end.pair.net.send(stranger, Endpoint.parse("192.0.2.1:1000"), new byte[7]);
    }
    assertTrue(TunnelPair.eventually(() -> end.pair.a.drops().get(Drop.BAD_LENGTH) == 3));
    String answer = end.ask("get=drops\n\n");
    assertTrue(answer.contains("bad_length=3\n"), answer);
    assertTrue(answer.contains("replayed=0\n"), answer);
    assertEquals(Drop.values().length + 2, answer.lines().count(), "errno and the empty line");
    assertEquals(EPROTO, end.ask("get=drops\nmore=1\n\n"));
  }
}
