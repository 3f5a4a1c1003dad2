package dev.noren.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against name servers on the loopback interface, which answer as each test says. */
class NameQueryTest {
  private static final Duration TIME = Duration.ofSeconds(5);
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final String NAME = "hq.example";

  private final List<AutoCloseable> open = new ArrayList<>();

  /** Makes an answer out of a question's id and type, or null for silence. */
  private interface Behaviour {
    DnsBytes answer(int id, int type);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private Endpoint server(Behaviour behaviour) throws IOException {
    DatagramSocket socket = new DatagramSocket(0, loopback());
    open.add(socket);
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                  socket.receive(packet);
                  DnsBytes answer = behaviour.answer(id(packet.getData()), type(packet));
                  if (answer != null) {
                    byte[] bytes = answer.toBytes();
                    socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
                  }
                }
              } catch (IOException e) {
                // The test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return Endpoint.of(IpAddress.parse("127.0.0.1"), socket.getLocalPort());
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  private static int id(byte[] bytes) {
    return (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
  }

  private static int type(DatagramPacket packet) {
    return packet.getData()[packet.getLength() - 3];
  }

  private static DnsBytes good(int id, int type) {
    DnsBytes bytes = DnsBytes.answer(id, 0x8180, type == 1 ? 1 : 0, NAME, type);
    return type == 1 ? bytes.bytes(0xc0, 12).record(1, 77, 192, 0, 2, 1) : bytes;
  }

  private static NameQuery query(Duration time, Endpoint... servers) {
    return new NameQuery(List.of(servers), 0, time, new Random(1));
  }

  private static NameQuery.Found found(int seconds, String... addresses) {
    return new NameQuery.Found(Arrays.stream(addresses).map(IpAddress::parse).toList(), seconds);
  }

  @Test
  void gathersBothFamilies() throws IOException {
    Endpoint server =
        server(
            (id, type) ->
                type == 1
                    ? good(id, type)
                    : DnsBytes.answer(id, 0x8180, 1, NAME, 28)
                        .bytes(0xc0, 12)
                        .record(28, 5, 0x20, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    assertEquals(found(5, "192.0.2.1", "2001::1"), query(TIME, server).ask(NAME));
  }

  @Test
  void oneFamilysAnswerWillDo() throws IOException {
    Endpoint server = server((id, type) -> type == 1 ? good(id, type) : null);
    assertEquals(found(77, "192.0.2.1"), query(SHORT, server).ask(NAME));
  }

  @Test
  void asksTheNextServerWhereOneIsSilentRefusesOrIsNotThere() throws IOException {
    Endpoint silent = server((id, type) -> null);
    Endpoint refusing = server((id, type) -> DnsBytes.answer(id, 0x8185, 0, NAME, type));
    Endpoint good = server(NameQueryTest::good);
    DatagramSocket gone = new DatagramSocket(0, loopback());
    Endpoint absent = Endpoint.of(IpAddress.parse("127.0.0.1"), gone.getLocalPort());
    gone.close();
    assertEquals(found(77, "192.0.2.1"), query(SHORT, absent, silent, refusing, good).ask(NAME));
  }

  @Test
  void aForgedAnswerIsNotBelievedAndTheTrueOneAwaited() throws IOException {
    AtomicInteger questions = new AtomicInteger();
    Endpoint server =
        server(
            (id, type) -> {
              // The first answer to each has the wrong id, and no more; the second round is right.
              int wrong = questions.getAndIncrement() < 2 ? id ^ 1 : id;
              return DnsBytes.answer(wrong, 0x8180, 1, NAME, type)
                  .bytes(0xc0, 12)
                  .record(1, wrong == id ? 1 : 99, 192, 0, 2, wrong == id ? 1 : 66);
            });
    assertEquals(found(1, "192.0.2.1"), query(SHORT, server).ask(NAME));
    assertEquals(4, questions.get());
  }

  @Test
  void aNameThatDoesNotExistIsNotAskedForTwice() throws IOException {
    AtomicInteger questions = new AtomicInteger();
    Endpoint server =
        server(
            (id, type) -> {
              questions.incrementAndGet();
              return DnsBytes.answer(id, 0x8183, 0, NAME, type);
            });
    assertEquals(
        "hq.example does not exist, says the name server 127.0.0.1",
        assertThrows(NoAddressException.class, () -> query(TIME, server).ask(NAME)).getMessage());
    assertEquals(2, questions.get());
    Endpoint none = server((id, type) -> DnsBytes.answer(id, 0x8180, 0, NAME, type));
    assertEquals(
        "hq.example has no address, says the name server 127.0.0.1",
        assertThrows(NoAddressException.class, () -> query(TIME, none).ask(NAME)).getMessage());
  }

  @Test
  void whatDoesNotFitComesByStream() throws Exception {
    Endpoint server =
        server(
            (id, type) -> type == 1 ? DnsBytes.answer(id, 0x8380, 0, NAME, type) : good(id, type));
    ServerSocket listener = new ServerSocket(server.port(), 5, loopback());
    open.add(listener);
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = listener.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] question = new byte[in.readUnsignedShort()];
                in.readFully(question);
                byte[] answer = good(id(question), 1).toBytes();
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                // In two pieces, the length itself among them.
                out.write(answer.length >>> 8);
                out.flush();
                out.write(answer.length);
                out.write(answer);
                in.read();
              } catch (IOException e) {
                // The test fails for want of an answer.
              }
            });
    thread.setDaemon(true);
    thread.start();
    assertEquals(found(77, "192.0.2.1"), query(TIME, server).ask(NAME));
  }

  @Test
  void saysWhyThereIsNoAnswer() throws IOException {
    Endpoint silent = server((id, type) -> null);
    assertEquals(
        "hq.example could not be asked for: 127.0.0.1 gave no answer",
        assertThrows(IOException.class, () -> query(SHORT, silent).ask(NAME)).getMessage());
    assertEquals(
        "hq.example can't be asked for: no name server is known",
        assertThrows(IOException.class, () -> query(SHORT).ask(NAME)).getMessage());
    assertTrue(
        assertThrows(IOException.class, () -> query(SHORT, silent).ask("a b\n"))
            .getMessage()
            .equals("\"a b?\" is no host's name"));
  }
}
