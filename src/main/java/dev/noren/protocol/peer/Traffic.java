package dev.noren.protocol.peer;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes exchanged with one peer, as UDP payload, handshakes included. Each sum has one writer,
 * the loop that it is named after; readers add them up.
 */
public final class Traffic {
  private final AtomicLong sentByOutbound = new AtomicLong();
  private final AtomicLong sentByHandshake = new AtomicLong();
  private final AtomicLong receivedByInbound = new AtomicLong();
  private final AtomicLong receivedByHandshake = new AtomicLong();

  /** After the outbound loop sent so many bytes. */
  public void outboundSent(long bytes) {
    add(sentByOutbound, bytes);
  }

  /** After the handshake loop sent so many bytes. */
  public void handshakeSent(long bytes) {
    add(sentByHandshake, bytes);
  }

  /** After the inbound loop authenticated so many bytes. */
  public void inboundReceived(long bytes) {
    add(receivedByInbound, bytes);
  }

  /** After the handshake loop authenticated so many bytes. */
  public void handshakeReceived(long bytes) {
    add(receivedByHandshake, bytes);
  }

  /** Bytes sent to the peer. */
  public long sentBytes() {
    return sentByOutbound.get() + sentByHandshake.get();
  }

  /** Authenticated bytes received from the peer. */
  public long receivedBytes() {
    return receivedByInbound.get() + receivedByHandshake.get();
  }

  /** One writer, so no read-modify-write is needed, nor a full barrier. */
  private static void add(AtomicLong sum, long bytes) {
    sum.setRelease(sum.getPlain() + bytes);
  }
}
