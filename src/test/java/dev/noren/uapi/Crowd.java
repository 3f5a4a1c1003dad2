package dev.noren.uapi;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.noren.linux.UnixListener;
import dev.noren.linux.UnixStream;
import dev.noren.protocol.Limits;
import dev.noren.tunnel.BusyTunnel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * As many peers as there is room for, each with two sessions and a handshake that waits, set and
 * shown through the socket. It runs in a Java of its own with the heap that the launcher gives, and
 * prints how long what took. Its arguments are the number of peers and of prefixes for each.
 */
public final class Crowd {
  private static final int STALLED_READERS = 8;

  private final Path socket;
  private final int peers;
  private final int prefixesEach;
  private long startNs;

  private Crowd(Path socket, int peers, int prefixesEach) {
    this.socket = socket;
    this.peers = peers;
    this.prefixesEach = prefixesEach;
  }

  public static void main(String[] args) throws Exception {
    int peers = Integer.parseInt(args[0]);
    int prefixesEach = Integer.parseInt(args[1]);
    Path folder = Files.createTempDirectory("noren-crowd");
    Path socket = folder.resolve("c.sock");
    Limits limits =
        Limits.WHITEPAPER.withTableBytes(Limits.tableBytes(peers, (long) peers * prefixesEach));
    try (BusyTunnel busy = new BusyTunnel(limits);
        UapiServer server = new UapiServer(UnixListener.bind(socket), busy.tunnel())) {
      server.start();
      new Crowd(socket, peers, prefixesEach).run(busy);
    } finally {
      Files.deleteIfExists(socket);
      Files.delete(folder);
    }
  }

  private void run(BusyTunnel busy) throws IOException, InterruptedException {
    start();
    setAll(false);
    took("set_all_ms");
    busy.shakeHands();
    took("shake_hands_ms");
    List<UnixStream> stalled = new ArrayList<>();
    for (int i = 0; i < STALLED_READERS; i++) {
      UnixStream reader = UnixStream.connect(socket);
      reader.output().write("get=1\n\n".getBytes(US_ASCII));
      reader.input().read();
      stalled.add(reader);
    }
    start();
    long length = ask("get=1\n\n", "");
    took("show_all_ms");
    System.out.println("show_all_bytes " + length);
    timeOne();
    start();
    setAll(true);
    took("replace_all_ms");
    busy.shakeHands();
    stalled.forEach(UnixStream::close);
    ask("set=1\n" + "public_key=" + key(peers) + "\n\n", "errno=-12\n\n");
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    System.out.println("used_bytes " + (runtime.totalMemory() - runtime.freeMemory()));
  }

  /** One peer gets another prefix, goes and comes back; the median of many. */
  private void timeOne() throws IOException {
    List<Long> changeNs = new ArrayList<>();
    List<Long> comeAndGoNs = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      int peer = i * 37 % peers;
      String key = "public_key=" + key(peer) + "\n";
      startNs = System.nanoTime();
      ask("set=1\n" + key + "replace_allowed_ips=true\n" + prefixes(peer) + "\n", "errno=0\n\n");
      changeNs.add(System.nanoTime() - startNs);
      startNs = System.nanoTime();
      ask("set=1\n" + key + "remove=true\n\n", "errno=0\n\n");
      ask("set=1\n" + key + prefixes(peer) + "\n", "errno=0\n\n");
      comeAndGoNs.add((System.nanoTime() - startNs) / 2);
    }
    report("set_one", changeNs);
    report("add_or_remove_one", comeAndGoNs);
  }

  private static void report(String name, List<Long> ns) {
    System.out.printf(Locale.ROOT, "%s_first_ms %.2f%n", name, ns.get(0) / 1e6);
    ns.sort(null);
    System.out.printf(Locale.ROOT, "%s_median_ms %.2f%n", name, ns.get(ns.size() / 2) / 1e6);
  }

  private void start() {
    startNs = System.nanoTime();
  }

  private void took(String name) {
    System.out.println(name + " " + (System.nanoTime() - startNs) / 1_000_000);
    start();
  }

  private String key(int peer) {
    byte[] bytes = new byte[32];
    new Random(peer).nextBytes(bytes);
    return java.util.HexFormat.of().formatHex(bytes);
  }

  private String prefixes(int peer) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < prefixesEach; i++) {
      int mixed = (peer * prefixesEach + i) * 0x9e3779b1;
      text.append("allowed_ip=fd00:0:")
          .append(Integer.toHexString(mixed >>> 16))
          .append(':')
          .append(Integer.toHexString(mixed & 0xffff))
          .append("::/64\n");
    }
    return text.toString();
  }

  private void setAll(boolean again) throws IOException {
    try (UnixStream stream = UnixStream.connect(socket)) {
      OutputStream out = new BufferedOutputStream(stream.output());
      out.write("set=1\nreplace_peers=true\n".getBytes(US_ASCII));
      for (int peer = 0; peer < peers; peer++) {
        String lines =
            "public_key="
                + key(peer)
                + "\npreshared_key="
                + key(again ? -peer - 1 : -peer - 2)
                + "\nendpoint=[2001:db8::1]:51820\nreplace_allowed_ips=true\n"
                + prefixes(peer);
        out.write(lines.getBytes(US_ASCII));
      }
      out.write('\n');
      out.flush();
      expect("errno=0\n\n", stream.input());
    }
  }

  /** The length of the answer to a request, which must be this one unless that is empty. */
  private long ask(String request, String expected) throws IOException {
    try (UnixStream stream = UnixStream.connect(socket)) {
      stream.output().write(request.getBytes(US_ASCII));
      stream.endOutput();
      if (!expected.isEmpty()) {
        expect(expected, stream.input());
        return expected.length();
      }
      byte[] buffer = new byte[8192];
      long length = 0;
      for (int got = stream.input().read(buffer); got > 0; got = stream.input().read(buffer)) {
        length += got;
      }
      return length;
    }
  }

  private static void expect(String expected, InputStream in) throws IOException {
    String answer = new String(in.readNBytes(expected.length()), US_ASCII);
    if (!answer.equals(expected)) {
      throw new IOException("not " + expected.strip() + " but " + answer.strip());
    }
  }
}
