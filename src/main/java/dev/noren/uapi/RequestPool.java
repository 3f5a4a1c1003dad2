package dev.noren.uapi;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the requests of all callers may take together while they are read, so that many
 * or long ones cannot fill the heap. From any thread.
 */
final class RequestPool {
  /** What a peer's lines become, about: its keys, its endpoint and the objects around them. */
  static final int PEER_BYTES = 512;

  /** What a prefix's line becomes, with the room into which its list grows. */
  static final int PREFIX_BYTES = 24;

  private final long maxBytes;
  private final AtomicLong used = new AtomicLong();

  /** A pool of this many bytes. */
  RequestPool(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The bytes taken now. */
  long usedBytes() {
    return used.get();
  }

  /** A request's part of it, as yet nothing. */
  Share share() {
    return new Share();
  }

  /** What one request has taken. It belongs to one thread. */
  final class Share implements AutoCloseable {
    private long own;

    private Share() {}

    /**
     * Takes more.
     *
     * @throws UapiException if there is not as much
     */
    void take(int bytes) throws UapiException {
      own += bytes;
      if (used.addAndGet(bytes) > maxBytes) {
        throw UapiException.noRoom("the request names more than there is room for");
      }
    }

    /** Gives all back. */
    @Override
    public void close() {
      used.addAndGet(-own);
      own = 0;
    }
  }
}
