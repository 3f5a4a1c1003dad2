package dev.noren.street;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells the time of this machine, as a server of NTP does (RFC 5905, section 7.3). */
public final class TimeServer implements AutoCloseable {
  private static final int PORT = 123;
  private static final int PACKET_BYTES = 48;
  private static final int TRANSMITTED_AT = 40;

  /**
   * No leap second is near, version 4, a server's; one that has its time from elsewhere than NTP.
   */
  private static final byte SERVER = 4 << 3 | 4;

  private static final byte PRIMARY = 1;

  /** A millionth of a second. */
  private static final byte PRECISION = -20;

  /** From 1900 to 1970, in seconds. */
  private static final long TO_1970 = 2_208_988_800L;

  private final DatagramSocket socket;
  private final AtomicInteger asked = new AtomicInteger();

  /** Begins to serve at all addresses of a host. */
  public TimeServer(Host host) {
    socket =
        host.inside(
            () -> {
              try {
                return new DatagramSocket(PORT);
              } catch (SocketException e) {
                throw new UncheckedIOException(e);
              }
            });
    Thread thread = new Thread(this::serve, "time-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** How often it was asked. */
  public int asked() {
    return asked.get();
  }

  private void serve() {
    byte[] bytes = new byte[PACKET_BYTES];
    DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
    while (!socket.isClosed()) {
      try {
        packet.setLength(PACKET_BYTES);
        socket.receive(packet);
        long received = now();
        long theirs = ByteBuffer.wrap(bytes).getLong(TRANSMITTED_AT);
        ByteBuffer.wrap(bytes)
            .put(SERVER)
            .put(PRIMARY)
            .put((byte) 0)
            .put(PRECISION)
            .putLong(0)
            .put("GPS\0".getBytes(StandardCharsets.US_ASCII))
            .putLong(received)
            .putLong(theirs)
            .putLong(received)
            .putLong(now());
        socket.send(packet);
        asked.incrementAndGet();
      } catch (IOException e) {
        // It ends, or who asked has gone.
      }
    }
  }

  /** Seconds since 1900 and their fraction, 32 bits each. */
  private static long now() {
    Instant now = Instant.now();
    return (now.getEpochSecond() + TO_1970) << 32 | ((long) now.getNano() << 32) / 1_000_000_000L;
  }

  @Override
  public void close() {
    socket.close();
  }
}
