package dev.noren.tunnel;

import dev.noren.net.Datagram;
import dev.noren.net.Endpoint;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Handshake messages on their way from the inbound to the handshake loop; the newest is dropped.
 */
final class HandshakeQueue {
  /** One message, copied out of the receive buffer, and where it came from. */
  static final class Message {
    private final byte[] bytes;
    private final Endpoint from;

    Message(byte[] bytes, Endpoint from) {
      this.bytes = bytes;
      this.from = from;
    }

    byte[] bytes() {
      return bytes;
    }

    Endpoint from() {
      return from;
    }
  }

  private final ArrayBlockingQueue<Message> queue;
  private final int loadMark;

  HandshakeQueue(int capacity) {
    queue = new ArrayBlockingQueue<>(capacity);
    loadMark = Math.max(1, capacity / 8);
  }

  /** Adds a message; false if the queue is full. */
  boolean offer(Datagram datagram, int offset, int length) {
    if (queue.remainingCapacity() == 0) {
      return false;
    }
    byte[] copy = Arrays.copyOfRange(datagram.bytes, offset, offset + length);
    return queue.offer(new Message(copy, datagram.toEndpoint()));
  }

  /** The oldest message, or null. */
  Message poll() {
    return queue.poll();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Whether it is at least an eighth full, which means load (WP 5.3). */
  boolean isLoaded() {
    return queue.size() >= loadMark;
  }

  void clear() {
    queue.clear();
  }
}
