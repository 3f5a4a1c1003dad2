package dev.noren.uapi;

import dev.noren.linux.Errno;
import dev.noren.linux.Silence;
import dev.noren.linux.UnixServer;
import dev.noren.linux.UnixStream;
import dev.noren.tunnel.Tunnel;
import dev.noren.tunnel.TunnelChange;
import java.io.IOException;
import org.tinylog.Logger;

/** One caller's requests and their answers, one after the other until it hangs up. */
final class UapiConversation implements UnixServer.Caller {
  /** The most that one request may hold: 10,000 peers with 100,000 prefixes and room to spare. */
  static final int MAX_REQUEST_BYTES = 8 << 20;

  private static final int MAX_LINE_BYTES = 4096;

  private final UnixStream stream;
  private final Silence silence = new Silence();
  private final Tunnel tunnel;
  private final RequestPool pool;
  private final byte[] buffer = new byte[16384];
  private int at;
  private int end;
  private int requestBytes;

  UapiConversation(UnixStream stream, Tunnel tunnel, RequestPool pool) {
    this.stream = stream;
    this.tunnel = tunnel;
    this.pool = pool;
    // Before its thread has come to that: or who works would have to make room for one who is new.
    silence.begin();
  }

  @Override
  public long silentNs(long nowNs) {
    return silence.ns(nowNs);
  }

  @Override
  public void hangUp() {
    stream.close();
  }

  /** Answers until the caller hangs up or sends what is no request. */
  @Override
  public void run() throws IOException {
    int errno = 0;
    // After what is no request nobody knows where the next would begin.
    while (errno != Errno.EPROTO) {
      requestBytes = 0;
      errno = 0;
      Answer answer = new Answer(this::write);
      try {
        String first = readLine();
        if (first == null) {
          return;
        }
        if (first.isEmpty()) {
          continue;
        }
        answer(first, answer);
      } catch (UapiException e) {
        errno = e.errno();
        Logger.debug("{}: refused a request: {}", tunnel.name(), e.getMessage());
      }
      answer.end(errno);
    }
  }

  private void answer(String first, Answer answer) throws UapiException, IOException {
    switch (first) {
      case "get=1" -> {
        expectEnd();
        GetAnswer.write(tunnel.snapshot(), answer);
      }
      case "get=drops" -> {
        expectEnd();
        GetAnswer.write(tunnel.drops(), answer);
      }
      case "set=1" -> {
        try (RequestPool.Share share = pool.share()) {
          apply(readChange(share));
        }
      }
      default -> throw UapiException.protocol("a request begins with get=1 or set=1");
    }
  }

  private void apply(TunnelChange change) throws UapiException {
    try {
      tunnel.apply(change);
    } catch (IOException e) {
      Logger.error("{}: {}", tunnel.name(), e.getMessage());
      throw UapiException.failed(e);
    }
  }

  private void expectEnd() throws UapiException, IOException {
    String line = readLine();
    if (line == null || !line.isEmpty()) {
      throw UapiException.protocol("get is followed by an empty line");
    }
  }

  /** Reads to the empty line even after a fault, so that the next request starts clean. */
  private TunnelChange readChange(RequestPool.Share share) throws UapiException, IOException {
    SetRequest request = new SetRequest(share);
    UapiException fault = null;
    while (true) {
      String line = readLine();
      if (line == null) {
        throw fault != null ? fault : UapiException.protocol("the request has no end");
      }
      if (line.isEmpty()) {
        break;
      }
      if (fault == null) {
        try {
          request.line(line);
        } catch (UapiException e) {
          fault = e;
        }
      }
    }
    if (fault != null) {
      throw fault;
    }
    return request.change();
  }

  /** The next line without its end, or null when the caller has hung up. */
  private String readLine() throws UapiException, IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      if (at == end) {
        if (!fill()) {
          return null;
        }
      }
      byte next = buffer[at++];
      if (next == '\n') {
        return line.toString();
      }
      line.append((char) (next & 0xff));
      if (line.length() > MAX_LINE_BYTES || requestBytes > MAX_REQUEST_BYTES) {
        throw UapiException.protocol("a request or a line of it is too long");
      }
    }
  }

  /** Reads what the caller sends next; false when it has hung up. */
  private boolean fill() throws IOException {
    silence.begin();
    int got = stream.read(buffer, 0, buffer.length);
    silence.end();
    at = 0;
    end = Math.max(0, got);
    requestBytes += end;
    return end > 0;
  }

  private void write(byte[] piece) throws IOException {
    silence.begin();
    stream.write(piece, 0, piece.length);
    silence.end();
  }
}
