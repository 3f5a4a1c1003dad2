package dev.noren.probe;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.noren.linux.Errno;
import dev.noren.linux.LinuxException;
import dev.noren.net.Endpoint;
import dev.noren.text.Failed;
import java.io.IOException;

/**
 * A TCP connection with a mark on each packet, which the JDK's have not. One thread may read while
 * another writes.
 */
public final class MarkedStream implements AutoCloseable {
  /** How long a thread that waits does not see that the stream was closed, nanoseconds. */
  private static final long SLICE_NS = MILLISECONDS.toNanos(200);

  private final MarkedSocket in;
  private final MarkedSocket out;
  private volatile boolean closed;

  private MarkedStream(MarkedSocket socket) {
    in = socket;
    out = socket.other();
  }

  /**
   * Connects.
   *
   * @param mark the mark of all packets, or 0 for none
   * @param untilNs a reading of {@link System#nanoTime}
   * @throws IOException with a sentence: nobody listens there, nobody answers, or no way leads
   *     there
   */
  public static MarkedStream connect(Endpoint to, int mark, long untilNs) throws IOException {
    MarkedSocket socket;
    try {
      socket = MarkedSocket.tcp(to, mark);
    } catch (LinuxException e) {
      throw failed(e.errno(), to);
    }
    boolean done = false;
    try {
      if (!socket.awaitConnected(untilNs)) {
        throw new Failed("stream.silent", to);
      }
      // Nothing is sent by this, but what kept it from being connected is said.
      int said = socket.send(new byte[0], 0, 0);
      if (said < 0) {
        throw failed(-said, to);
      }
      done = true;
      return new MarkedStream(socket);
    } finally {
      if (!done) {
        socket.close();
      }
    }
  }

  private static Failed failed(int errno, Endpoint to) {
    return switch (errno) {
      case Errno.ECONNREFUSED -> new Failed("stream.refused", to);
      case Errno.ETIMEDOUT -> new Failed("stream.silent", to);
      default -> new Failed("stream.no-way", to, Errno.describe(errno));
    };
  }

  /**
   * Waits for bytes.
   *
   * @return how many, or -1 where there are no more, or none came in time
   */
  public int read(byte[] into, long untilNs) {
    while (!closed && untilNs - System.nanoTime() > 0) {
      if (in.awaitReadable(slice(untilNs))) {
        int got = in.receive(into, 0, into.length);
        if (got != -Errno.EAGAIN) {
          return got > 0 ? got : -1;
        }
      }
    }
    return -1;
  }

  /**
   * Sends bytes.
   *
   * @return false where not all could be, in time
   */
  public boolean write(byte[] bytes, int length, long untilNs) {
    int from = 0;
    while (from < length && !closed && untilNs - System.nanoTime() > 0) {
      int sent = out.send(bytes, from, length - from);
      if (sent < 0 && sent != -Errno.EAGAIN) {
        return false;
      }
      if (sent > 0) {
        from += sent;
      } else {
        out.awaitWritable(slice(untilNs));
      }
    }
    return from == length;
  }

  private static long slice(long untilNs) {
    long soon = System.nanoTime() + SLICE_NS;
    return soon - untilNs < 0 ? soon : untilNs;
  }

  @Override
  public void close() {
    closed = true;
    in.close();
  }
}
