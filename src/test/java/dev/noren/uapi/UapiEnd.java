package dev.noren.uapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.PrivateKey;
import dev.noren.linux.UnixListener;
import dev.noren.linux.UnixStream;
import dev.noren.protocol.Limits;
import dev.noren.tunnel.TunnelPair;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * A real Unix socket with the server behind it, which serves tunnel a of a pair in memory that has
 * shaken hands and for which time stands still.
 */
final class UapiEnd implements AutoCloseable {
  static final String OK = "errno=0\n\n";
  static final String EINVAL = "errno=-22\n\n";
  static final String ENOMEM = "errno=-12\n\n";
  static final String EPROTO = "errno=-71\n\n";
  static final String EADDRINUSE = "errno=-98\n\n";

  /** The peers, with two prefixes each, that there is room for. */
  static final int MOST_PEERS = 1200;

  final TunnelPair pair;
  final UapiServer server;
  private final Path path;

  UapiEnd(Path folder) throws IOException {
    path = folder.resolve("a.sock");
    pair =
        TunnelPair.stopped(
            Limits.WHITEPAPER.withTableBytes(Limits.tableBytes(MOST_PEERS, 2 * MOST_PEERS)));
    pair.ping();
    pair.calm();
    server = new UapiServer(UnixListener.bind(path), pair.a);
    server.start();
  }

  /** Ends both; nothing is left behind. */
  @Override
  public void close() {
    server.close();
    pair.close();
    assertFalse(Files.exists(path));
    assertTrue(TunnelPair.eventually(() -> threads() == 0), "a thread is left");
  }

  /** The server's threads: one that accepts, and one for each caller. */
  static long threads() {
    Thread[] threads = new Thread[Thread.activeCount() + 10];
    int count = Thread.enumerate(threads);
    return Arrays.stream(threads, 0, count)
        .filter(thread -> thread.getName().startsWith("noren-uapi"))
        .count();
  }

  /** One connection to the server. */
  static final class Caller implements AutoCloseable {
    private final UnixStream stream;
    private final InputStream in;

    private Caller(UnixStream stream) {
      this.stream = stream;
      in = new BufferedInputStream(stream.input());
    }

    Caller say(String text) throws IOException {
      stream.output().write(text.getBytes(ISO_8859_1));
      return this;
    }

    /** Says that nothing more will come. */
    void endOutput() {
      stream.endOutput();
    }

    /** The next answer, to its empty line; what there was if the server hangs up. */
    String hear() throws IOException {
      StringBuilder heard = new StringBuilder();
      int before = 0;
      for (int next = in.read(); next >= 0; next = in.read()) {
        heard.append((char) next);
        if (before == '\n' && next == '\n') {
          break;
        }
        before = next;
      }
      return heard.toString();
    }

    @Override
    public void close() {
      stream.close();
    }
  }

  Caller call() throws IOException {
    return new Caller(UnixStream.connect(path));
  }

  /** The answer to one request on a connection of its own. */
  String ask(String request) throws IOException {
    try (Caller caller = call()) {
      return caller.say(request).hear();
    }
  }

  /** What the tunnel shows of itself. */
  String get() throws IOException {
    String answer = ask("get=1\n\n");
    assertTrue(answer.endsWith("\n" + OK), answer);
    return answer;
  }

  /** A public key, in hex. */
  static String key(int number) {
    return PrivateKey.generate(new Random(number)).publicKey().toHex();
  }

  /** A private or pre-shared key, in hex. */
  static String secret(int number) {
    return PrivateKey.generate(new Random(number)).toHex();
  }

  /** The lines that make so many peers the only ones. */
  static String peers(int count) {
    StringBuilder text = new StringBuilder("replace_peers=true\n");
    for (int i = 0; i < count; i++) {
      text.append("public_key=").append(key(1000 + i)).append('\n');
      text.append("preshared_key=").append(secret(i)).append('\n');
      text.append("endpoint=203.0.113.").append(i % 250).append(":51820\n");
      text.append("persistent_keepalive_interval=").append(i % 60 == 0 ? 0 : 25).append('\n');
      text.append("allowed_ip=10.").append(i / 250).append('.').append(i % 250).append(".0/24\n");
      text.append("allowed_ip=fd00:").append(Integer.toHexString(i + 1)).append("::/32\n");
    }
    return text.toString();
  }
}
