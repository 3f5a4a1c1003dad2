package dev.noren;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.noren.crypto.PrivateKey;
import dev.noren.linux.InterfaceName;
import dev.noren.linux.NativeHeap;
import dev.noren.linux.UnixListener;
import dev.noren.linux.UnixStream;
import dev.noren.process.InterfaceProcess;
import dev.noren.process.Readiness;
import dev.noren.process.Termination;
import dev.noren.protocol.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Lets a tunnel run that touches nothing of the machine: the build looks on and learns which
 * classes a running one loads, to have them at hand for every later start. Two interfaces of one
 * process talk over loopback; their devices are in memory, so neither root nor a TUN device is
 * needed.
 *
 * <p>Arguments: the jar, and a folder that is there and empty. It ends with 0 when packets have
 * come through.
 */
final class Rehearsal {
  private static final String LEFT = "10.0.0.1";
  private static final String RIGHT = "10.0.0.2";

  /** Commands for people, which may take their time; and the rehearsal itself. */
  private static final String LEFT_OUT =
      "dev/noren/(cli/.*Command|Rehearsal).*|.*/package-info\\..*";

  private Rehearsal() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[1]);
    Main.prepare();
    // All the way to the device, which WG_TUN_FD names and is none.
    Main.run(Limits.WHITEPAPER, "rehearsal");
    InterfaceName.check("rehearsal");
    try (Termination termination = new Termination();
        Shop left = new Shop(folder, "left");
        Shop right = new Shop(folder, "right")) {
      left.process.endsWith(termination);
      left.knows(right, RIGHT);
      right.knows(left, LEFT);
      // Waits for the handshake that it asks for.
      left.tun.sendTcp(LEFT, RIGHT);
      right.tun.awaitPacket();
      for (Shop shop : new Shop[] {left, right}) {
        shop.process.awaitWarm();
      }
      left.tun.sendTcp(LEFT, RIGHT);
      right.tun.awaitPacket();
      right.tun.sendTcp(RIGHT, LEFT);
      left.tun.awaitPacket();
      left.ask("get=1\n\n");
    }
    NativeHeap.trim();
    loadTheRest(args[0]);
    Readiness.announce(false);
    System.exit(0);
  }

  /** What needs a real device, and what bringing a file's tunnel up needs: only loaded, not run. */
  private static void loadTheRest(String jarFile) throws IOException {
    try (JarFile jar = new JarFile(jarFile)) {
      for (String entry : jar.stream().map(JarEntry::getName).toList()) {
        if (entry.startsWith("dev/noren/")
            && entry.endsWith(".class")
            && !entry.matches(LEFT_OUT)) {
          String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
          Class.forName(name, false, Rehearsal.class.getClassLoader());
        }
      }
    } catch (ClassNotFoundException e) {
      throw new IOException("a class of the jar can't be loaded", e);
    }
  }

  /** One of the two ends. */
  private static final class Shop implements AutoCloseable {
    private final PrivateKey key = PrivateKey.generate(new SecureRandom());
    private final RehearsalTun tun;
    private final Path socket;
    private final InterfaceProcess process;

    Shop(Path folder, String name) throws IOException {
      tun = new RehearsalTun(name);
      socket = folder.resolve(name + ".sock");
      process =
          InterfaceProcess.start(
              tun, UnixListener.bind(socket), socket, folder.resolve(name), Limits.WHITEPAPER);
      ask(
          "set=1\nprivate_key="
              + HexFormat.of().formatHex(key.bytes())
              + "\nlisten_port=0\nfwmark=0\nreplace_peers=true\n\n");
      tun.goUp();
      process.tunnel().up();
    }

    void knows(Shop other, String address) throws IOException {
      ask(
          "set=1\npublic_key="
              + HexFormat.of().formatHex(other.key.publicKey().bytes())
              + "\nendpoint=127.0.0.1:"
              + other.port()
              + "\nreplace_allowed_ips=true\nallowed_ip="
              + address
              + "/32\n\n");
    }

    private int port() throws IOException {
      return ask("get=1\n\n")
          .lines()
          .filter(line -> line.startsWith("listen_port="))
          .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf('=') + 1)))
          .findFirst()
          .orElseThrow();
    }

    private String ask(String request) throws IOException {
      try (UnixStream stream = UnixStream.connect(socket)) {
        stream.output().write(request.getBytes(US_ASCII));
        stream.endOutput();
        String answer = new String(stream.input().readAllBytes(), US_ASCII);
        if (!answer.endsWith("errno=0\n\n")) {
          throw new IOException("the rehearsal's request was refused: " + answer);
        }
        return answer;
      }
    }

    @Override
    public void close() {
      process.close();
      key.wipe();
    }
  }
}
