package dev.noren.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.status.LogEntry;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.tinylog.Logger;

/**
 * Sends log entries to a syslog server as RFC 5424 says, one UDP datagram each (RFC 5426), from a
 * thread of its own. Whoever gives it an entry never waits: where too many are waiting, it is left
 * out and counted.
 */
public final class Syslog implements Consumer<LogEntry>, AutoCloseable {
  /** The entries that may wait, as while the server's name is being looked up. */
  static final int MOST_WAITING = 256;

  /** What every receiver takes that follows RFC 5424, 6.1. */
  static final int MOST_BYTES = 2048;

  /** Facility 13, log audit, and severity 6, informational. */
  private static final int PRIORITY = 13 * 8 + 6;

  private final String host;
  private final int port;
  private final String ownName;
  private final BlockingQueue<LogEntry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong leftOut = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;
  private boolean failing;

  /**
   * Begins to send.
   *
   * @param host the server's address or name
   * @param port its UDP port
   * @param ownName this box's host name
   */
  public Syslog(String host, int port, String ownName) {
    this.host = host;
    this.port = port;
    this.ownName = ownName;
    thread = new Thread(this::run, "noren-syslog");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void accept(LogEntry entry) {
    if (!waiting.offer(entry)) {
      leftOut.incrementAndGet();
    }
  }

  /** How many entries were left out because too many were waiting. */
  public long leftOut() {
    return leftOut.get();
  }

  private void run() {
    try (DatagramSocket socket = new DatagramSocket()) {
      while (!closed) {
        send(socket, message(waiting.take(), ownName));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      Logger.warn("Nothing is sent to the syslog server {}: {}", host, e.getMessage());
    }
  }

  /** A server that is not there is no reason to end; the first failure in a row is said. */
  private void send(DatagramSocket socket, byte[] message) {
    try {
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw new IOException("its name is not known");
      }
      socket.send(new DatagramPacket(message, message.length, address));
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        Logger.warn("The syslog server {} can't be reached: {}", host, e.getMessage());
      }
      failing = true;
    }
  }

  /**
   * The datagram: a header, no structured data, and after the mark that says that it is UTF-8 who
   * did what.
   */
  static byte[] message(LogEntry entry, String ownName) {
    String text =
        "<"
            + PRIORITY
            + ">1 "
            + entry.at().truncatedTo(ChronoUnit.MICROS)
            + " "
            + ownName
            + " noren - "
            + AuditLine.word(entry.kind())
            + " - \ufeff"
            + clean(entry.who())
            + ": "
            + clean(entry.what());
    byte[] bytes = text.getBytes(UTF_8);
    int length = Math.min(bytes.length, MOST_BYTES);
    // Not in the midst of a character.
    while (length < bytes.length && (bytes[length] & 0xc0) == 0x80) {
      length--;
    }
    return Arrays.copyOf(bytes, length);
  }

  private static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints().forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return clean.toString();
  }

  /** Ends at once; what still waits is left out. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
