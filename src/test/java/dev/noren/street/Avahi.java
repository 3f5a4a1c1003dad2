package dev.noren.street;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Debian's avahi-daemon in a host, as a printer or a computer has it: mDNS that is not ours. */
public final class Avahi implements AutoCloseable {
  private final TempFolder folder = new TempFolder();
  private final Host host;
  private final Running daemon;

  private Avahi(Host host, String link, String name) {
    this.host = host;
    folder.folder("run");
    String settings =
        folder.write(
            "avahi.conf",
            """
            [server]
            host-name=%s
            use-ipv6=no
            allow-interfaces=%s
            enable-dbus=no
            [wide-area]
            enable-wide-area=no
            [publish]
            publish-hinfo=no
            publish-workstation=no
            publish-resolv-conf-dns-servers=no
            """
                .formatted(name, link));
    // It keeps its socket in /run, which is the machine's: here it gets one of its own.
    daemon =
        host.start(
            "sh",
            "-c",
            "mount --bind \"$0\" /run && exec avahi-daemon --no-drop-root --no-chroot --no-rlimits"
                + " --no-proc-title -f \"$1\"",
            run().toString(),
            settings);
  }

  /** Starts one that would like to be called so. */
  public static Avahi in(Host host, String link, String name) {
    return new Avahi(host, link, name);
  }

  private Path run() {
    return folder.path().resolve("run");
  }

  /** Waits until it has a name of its own, and returns it, as in noren.local. */
  public String awaitName() {
    String mark = "Host name is ";
    Wait.until("avahi has a name", Wait.LONG, () -> said().contains(mark), this::said);
    return said().replaceAll("(?s).*" + mark + "([a-z0-9.-]+)\\. .*", "$1");
  }

  /** What it says to people. */
  public String said() {
    return daemon.said();
  }

  /** The IPv4 address that a question to the network finds, or what it says instead. */
  public String find(String name) {
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(run().resolve("avahi-daemon/socket")))) {
      channel.write(ByteBuffer.wrap(("RESOLVE-HOSTNAME-IPV4 " + name + "\n").getBytes(US_ASCII)));
      String answer =
          new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), US_ASCII))
              .readLine();
      return answer != null && answer.startsWith("+") ? answer.replaceAll(".* ", "") : "" + answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    host.end(daemon);
    folder.close();
  }
}
