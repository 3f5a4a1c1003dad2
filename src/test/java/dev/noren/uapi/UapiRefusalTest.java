package dev.noren.uapi;

import static dev.noren.uapi.UapiEnd.EADDRINUSE;
import static dev.noren.uapi.UapiEnd.EINVAL;
import static dev.noren.uapi.UapiEnd.EPROTO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.tunnel.TunnelPair;
import dev.noren.udp.UdpSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests at the wg tool's socket that are refused with the right errno and change nothing. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UapiRefusalTest {
  private static final String NO_REQUESTS =
      """
      get=2
      hello
      set=1;fwmark
      set=0
      get=1;public_key=PEER
      """;

  private static final String WRONG_REQUESTS =
      """
      set=1;fwmark=-1
      set=1;fwmark=4294967296
      set=1;fwmark=99999999999999999999
      set=1;listen_port=65536
      set=1;listen_port=
      set=1;listen_port=１２
      set=1;private_key=00ff
      set=1;private_key=KEYx
      set=1;replace_peers=false
      set=1;colour=red
      set=1;=
      set=1;endpoint=203.0.113.2:1
      set=1;public_key=
      set=1;public_key=PEER;public_key=zz
      set=1;public_key=PEER;remove=false
      set=1;public_key=PEER;fwmark=9
      set=1;public_key=PEER;private_key=KEY
      set=1;public_key=PEER;preshared_key=0
      set=1;public_key=PEER;endpoint=a.example:1
      set=1;public_key=PEER;endpoint=203.0.113.2
      set=1;public_key=PEER;endpoint=203.0.113.2:0x1
      set=1;public_key=PEER;endpoint=2001:db8::1:1
      set=1;public_key=PEER;endpoint=[fe80::1%none]:1
      set=1;public_key=PEER;allowed_ip=10.0.0.0/33
      set=1;public_key=PEER;allowed_ip=::/129
      set=1;public_key=PEER;allowed_ip=10.0.0
      set=1;public_key=PEER;persistent_keepalive_interval=65536
      set=1;public_key=PEER;persistent_keepalive_interval=off
      set=1;public_key=PEER;protocol_version=2
      set=1;private_key=KEY;fwmark=9;replace_peers=true;public_key=PEER;allowed_ip=10.0.0.2/32;update_only=yes
      set=1;listen_port=777;public_key=PEER;remove=true;remove=1
      """;

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
  void aMalformedRequestIsRefusedAndChangesNothing() throws IOException {
    NO_REQUESTS.lines().forEach(request -> assertRefused(EPROTO, request));
    WRONG_REQUESTS.lines().forEach(request -> assertRefused(EINVAL, request));
    end.pair.ping();
  }

  /** Asks what has its lines parted by semicolons. */
  private void assertRefused(String answer, String request) {
    String text =
        request
            .replace("PEER", end.pair.keyB.publicKey().toHex())
            .replace("KEY", UapiEnd.secret(4))
            .replace(';', '\n');
    try {
      String before = end.get();
      assertEquals(answer, end.ask(text + "\n\n"), request);
      assertEquals(before, end.get(), request);
    } catch (IOException e) {
      throw new UncheckedIOException(request, e);
    }
  }

  @Test
  void aBadLineAfter999GoodPeersChangesNothing() throws IOException {
    String before = end.get();
    String request =
        "set=1\nprivate_key=" + UapiEnd.secret(5) + "\nfwmark=5\n" + UapiEnd.peers(999);
    assertEquals(
        EINVAL, end.ask(request + "public_key=" + UapiEnd.key(6) + "\nallowed_ip=nonsense\n\n"));
    assertEquals(before, end.get());
    end.pair.ping();
  }

  @Test
  void aTakenPortChangesNothing() throws IOException {
    try (UdpSocket other = end.pair.net.at("192.0.2.1").open(555, 0)) {
      String before = end.get();
      String request = "set=1\nprivate_key=" + UapiEnd.secret(7) + "\nfwmark=3\nlisten_port=555\n";
      assertEquals(555, other.port());
      assertEquals(EADDRINUSE, end.ask(request + UapiEnd.peers(3) + "\n"));
      assertEquals(before, end.get());
      end.pair.ping();
    }
  }

  @Test
  void whoHangsUpWithinARequestHasChangedNothing() throws IOException {
    String before = end.get();
    try (UapiEnd.Caller caller = end.call()) {
      caller.say("set=1\nreplace_peers=true\nfwmark=4\n").endOutput();
      assertEquals(EPROTO, caller.hear(), "one that still listens is told");
    }
    for (String part : List.of("set=1\nreplace_peers=true\n", "set=1\nreplace_peers=true", "s")) {
      end.call().say(part).close();
    }
    end.call().say("get=1\n\n").close();
    assertTrue(TunnelPair.eventually(() -> UapiEnd.threads() == 1), "only the accepting thread");
    assertEquals(before, end.get());
  }

  @Test
  void aRequestOrALineThatIsTooLongIsRefused() throws IOException {
    String before = end.get();
    String start = "set=1\nreplace_peers=true\npublic_key=" + UapiEnd.key(8) + "\n";
    String fill = "persistent_keepalive_interval=1\n".repeat(128);
    try (UapiEnd.Caller caller = end.call()) {
      caller.say(start);
      int sent = start.length();
      while (sent <= UapiConversation.MAX_REQUEST_BYTES - fill.length()) {
        caller.say(fill);
        sent += fill.length();
      }
      // One write passes the bound and would end the request, lest it find the line cut already.
      caller.say(fill + "\n");
      assertEquals(EPROTO, caller.hear());
      assertEquals("", caller.hear(), "and the line is cut");
    }
    assertEquals(EPROTO, end.ask("set=1\nreplace_peers=true\nfwmark=" + "1".repeat(5000) + "\n\n"));
    assertEquals(EPROTO, end.ask("x".repeat(5000)));
    assertEquals(before, end.get());
  }
}
