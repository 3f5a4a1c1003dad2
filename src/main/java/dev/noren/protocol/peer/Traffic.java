package dev.noren.protocol.peer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The bytes exchanged with one peer, as UDP payload, handshakes included. Each sum has one writer,
 * the loop that it is named after; readers add them up.
 */
public final class Traffic {
  private static final VarHandle SENT_BY_OUTBOUND = sum("sentByOutbound");
  private static final VarHandle SENT_BY_HANDSHAKE = sum("sentByHandshake");
  private static final VarHandle RECEIVED_BY_INBOUND = sum("receivedByInbound");
  private static final VarHandle RECEIVED_BY_HANDSHAKE = sum("receivedByHandshake");
  private static final VarHandle DATA_NS = sum("dataNs");

  private static final long NEVER = Long.MIN_VALUE;

  private volatile long sentByOutbound;
  private volatile long sentByHandshake;
  private volatile long receivedByInbound;
  private volatile long receivedByHandshake;
  private volatile long dataNs = NEVER;

  private static VarHandle sum(String name) {
    try {
      return MethodHandles.lookup().findVarHandle(Traffic.class, name, long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  // One writer each, so no read-modify-write is needed, nor a full barrier.

  /** After the outbound loop sent so many bytes. */
  public void outboundSent(long bytes) {
    SENT_BY_OUTBOUND.setRelease(this, (long) SENT_BY_OUTBOUND.get(this) + bytes);
  }

  /** After the handshake loop sent so many bytes. */
  public void handshakeSent(long bytes) {
    SENT_BY_HANDSHAKE.setRelease(this, (long) SENT_BY_HANDSHAKE.get(this) + bytes);
  }

  /** After the inbound loop authenticated so many bytes. */
  public void inboundReceived(long bytes) {
    RECEIVED_BY_INBOUND.setRelease(this, (long) RECEIVED_BY_INBOUND.get(this) + bytes);
  }

  /** After the handshake loop authenticated so many bytes. */
  public void handshakeReceived(long bytes) {
    RECEIVED_BY_HANDSHAKE.setRelease(this, (long) RECEIVED_BY_HANDSHAKE.get(this) + bytes);
  }

  /** After the inbound loop opened a packet that is no keepalive; once for all of one receive. */
  public void dataReceived(long nowNs) {
    DATA_NS.setRelease(this, nowNs);
  }

  /** How long ago that was, nanoseconds; -1 for never. */
  public long dataAgeNs(long nowNs) {
    long lastNs = dataNs;
    return lastNs == NEVER ? -1 : Math.max(0, nowNs - lastNs);
  }

  /** Bytes sent to the peer. */
  public long sentBytes() {
    return sentByOutbound + sentByHandshake;
  }

  /** Bytes of packets that are no keepalives, as far as they did not wait for a handshake. */
  public long dataSentBytes() {
    return sentByOutbound;
  }

  /** Authenticated bytes received from the peer. */
  public long receivedBytes() {
    return receivedByInbound + receivedByHandshake;
  }
}
