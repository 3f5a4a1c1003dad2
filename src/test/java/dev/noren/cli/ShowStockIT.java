package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.services.TestNamespace;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we print is byte by byte what the stock wg prints of the same running wireguard-go. */
class ShowStockIT {
  private static final int TRIES = 100;
  private static final Random KEYS = new Random(7);
  private static final PrivateKey OWN = PrivateKey.generate(KEYS);
  private static final PrivateKey OTHER = PrivateKey.generate(KEYS);
  private static final PresharedKey SHARED = PresharedKey.generate(KEYS);

  private static TestNamespace namespace;
  private static String name;
  private static ReplayedSocket replayed;
  private static String replayedName;

  /** Two ends that talk over the loopback, and on one of them peers of every kind. */
  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    namespace = new TestNamespace();
    name = TestNamespace.unique();
    String other = TestNamespace.unique();
    startWireguardGo(name);
    startWireguardGo(other);
    configure(
        folder,
        name,
        """
        [Interface]
        PrivateKey = %s
        ListenPort = 51820
        FwMark = 0x1234
        [Peer]
        PublicKey = %s
        [Peer]
        PublicKey = %s
        Endpoint = [2001:db8::7]:65535
        AllowedIPs = 10.7.7.7/32, fd00:7::/64, 0.0.0.0/0, ::/0
        PersistentKeepalive = 65535
        [Peer]
        PublicKey = %s
        PresharedKey = %s
        Endpoint = 127.0.0.1:51821
        AllowedIPs = 10.8.0.0/16
        PersistentKeepalive = 1
        """
            .formatted(
                OWN.toBase64(),
                PrivateKey.generate(KEYS).publicKey(),
                PrivateKey.generate(KEYS).publicKey(),
                OTHER.publicKey(),
                SHARED.toBase64()));
    configure(
        folder,
        other,
        "[Interface]\nPrivateKey = %s\nListenPort = 51821\n[Peer]\nPublicKey = %s\nPresharedKey = %s\n"
            .formatted(OTHER.toBase64(), OWN.publicKey(), SHARED.toBase64()));
    namespace.run("ip", "link", "set", other, "up");
    namespace.run("ip", "link", "set", name, "up");
    waitFor(() -> uapi().lines().anyMatch(line -> line.matches("rx_bytes=[1-9].*")));
    replayedName = TestNamespace.unique();
    replayed = new ReplayedSocket(replayedName);
  }

  @AfterAll
  static void stop() throws Exception {
    replayed.close();
    namespace.close();
  }

  private static void startWireguardGo(String interfaceName) throws Exception {
    namespace.start(Map.of("WG_PROCESS_FOREGROUND", "1"), "wireguard-go", interfaceName);
    waitFor(() -> Files.exists(socket(interfaceName)));
  }

  private static void configure(Path folder, String interfaceName, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(interfaceName), text);
    namespace.run("wg", "setconf", interfaceName, file.toString());
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void waitFor(Condition condition) throws Exception {
    for (int i = 0; i < TRIES; i++) {
      if (condition.holds()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError("nothing came of it in ten seconds");
  }

  private static Path socket(String interfaceName) {
    return Path.of("/var/run/wireguard", interfaceName + ".sock");
  }

  private static String uapi() throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket(name)));
      channel.write(ByteBuffer.wrap("get=1\n\n".getBytes(StandardCharsets.US_ASCII)));
      StringBuilder answer = new StringBuilder();
      try (var reader = Channels.newReader(channel, StandardCharsets.US_ASCII)) {
        while (answer.indexOf("errno=") < 0 || answer.indexOf("\n\n") < 0) {
          answer.append((char) reader.read());
        }
      }
      return answer.toString();
    }
  }

  /** Both are given one answer, within one second of the clock that both read. */
  private static void compare(String answer, Map<String, String> environment, String... rest)
      throws Exception {
    replayed.answer(answer);
    List<String> wg = new ArrayList<>(List.of("wg", "show", replayedName));
    wg.addAll(List.of(rest));
    List<String> ours = new ArrayList<>(List.of("show", replayedName));
    ours.addAll(List.of(rest));
    for (int i = 0; i < TRIES; i++) {
      long second = Instant.now().getEpochSecond();
      String expected = namespace.run(environment, wg.toArray(String[]::new));
      if (second == Instant.now().getEpochSecond()) {
        Shell shell = new Shell();
        shell.host.answers.put(replayedName, answer);
        shell.environment.putAll(environment);
        shell.now = Instant.ofEpochSecond(second);
        assertEquals(Exit.DONE, shell.run(ours.toArray(String[]::new)), shell.err);
        assertEquals(expected, shell.out);
        assertTrue(expected.contains(rest.length == 0 ? "interface" : "\n"));
        return;
      }
    }
    throw new AssertionError("no second was long enough");
  }

  @Test
  void looksTheSame() throws Exception {
    compare(uapi(), Map.of());
  }

  @Test
  void looksTheSameInColour() throws Exception {
    compare(uapi(), Map.of("WG_COLOR_MODE", "always"));
  }

  @Test
  void looksTheSameWithKeys() throws Exception {
    compare(uapi(), Map.of("WG_HIDE_KEYS", "never"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void looksTheSameWhateverTheNumbers(long seed) throws Exception {
    compare(randomAnswer(new Random(seed)), Map.of("WG_COLOR_MODE", "always"));
    compare(randomAnswer(new Random(-seed)), Map.of());
  }

  /** Times and sizes of every order of magnitude, and times in the future. */
  private static String randomAnswer(Random random) {
    long now = Instant.now().getEpochSecond();
    StringBuilder text = new StringBuilder();
    text.append("listen_port=").append(random.nextInt(2)).append('\n');
    for (int i = 0; i < 40; i++) {
      text.append("public_key=").append(PrivateKey.generate(random).publicKey().toHex());
      text.append("\nlast_handshake_time_sec=")
          .append(i % 5 == 0 ? 0 : now - (random.nextLong() >>> random.nextInt(34, 64)) + 30);
      text.append("\nlast_handshake_time_nsec=").append(i % 5 == 0 ? 0 : random.nextInt(1000));
      text.append("\nrx_bytes=").append(bytes(random)).append("\ntx_bytes=").append(bytes(random));
      text.append("\npersistent_keepalive_interval=").append(random.nextInt(65536)).append('\n');
    }
    return text.append("errno=0\n\n").toString();
  }

  /** Many are on the border between two roundings. */
  private static String bytes(Random random) {
    long bytes = random.nextLong() >>> random.nextInt(64);
    return Long.toUnsignedString(random.nextBoolean() ? bytes : bytes & -128);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public-key",
        "private-key",
        "listen-port",
        "fwmark",
        "peers",
        "preshared-keys",
        "endpoints",
        "allowed-ips",
        "latest-handshakes",
        "transfer",
        "persistent-keepalive",
        "dump",
      })
  void fieldsAreTheSame(String field) throws Exception {
    compare(uapi(), Map.of(), field);
  }
}
