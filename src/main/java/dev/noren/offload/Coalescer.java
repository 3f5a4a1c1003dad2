package dev.noren.offload;

import java.util.Objects;

/**
 * Merges decrypted packets that follow each other in a TCP or UDP flow, so that one write to the
 * TUN device carries many. It belongs to the loop that decrypts.
 *
 * <pre>
 * for each datagram of a receive batch:
 *   at = reserve(the plaintext's greatest length)
 *   open the datagram into buffer() at {@code at}; if it is refused, go on with the next one
 *   add(the inner packet's length)
 * flush()
 * </pre>
 *
 * <p>A place that was not added is given back by the next {@code reserve} or {@code flush}. The
 * place is most often the tail of the flow that grew last, its headers over that flow's last bytes
 * and its payload just behind them; those bytes are saved meanwhile. So nothing is copied but the
 * headers' room, unless the packet turns out to be of another flow.
 *
 * <p>What is merged: packets of one flow that came in order, with the same headers but for length,
 * IPv4 id, sequence, PSH and checksums; no longer than the first; each with right checksums, since
 * a corrupt packet would get a right one by being merged. A shorter packet, or PSH, ends the
 * super-packet, which is then written at once. Everything else is written at once too, by itself,
 * byte for byte as it came and with a vnet header of zeros; what was waiting of its flow is written
 * before. So the packets of a flow never overtake each other. A packet whose ports can't be seen (a
 * fragment, ICMP) lets nothing wait between its two addresses.
 */
public final class Coalescer {
  /** Takes what is to be written to the TUN device. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes a vnet header and the packet behind it. The bytes are the coalescer's again when this
     * returns.
     *
     * @param length of both
     */
    void write(byte[] buffer, int offset, int length);
  }

  /** The greatest length to reserve, bytes. */
  public static final int MAX_PACKET = SuperPacket.MAX_LENGTH;

  /** Bytes behind a reserved place that may be written as well. */
  public static final int SLACK = 64;

  /** Before each place: the vnet header, and what brings the IP header to a multiple of 16. */
  private static final int HEADROOM = 16;

  private static final int PLACE_BYTES = (HEADROOM + MAX_PACKET + SLACK + 15) & ~15;

  private static final int NONE = -1;

  private final Sink sink;
  private final Candidate candidate;
  private final byte[] buffer;

  /** Growing super-packets; the one that grew last is the last. */
  private final SuperPacket[] open;

  private final SuperPacket[] free;
  private int openCount;
  private int freeCount;

  /** The one whose place takes a packet of another flow. */
  private SuperPacket spare;

  private final byte[] saved = new byte[Layout.MAX_HEADERS];
  private int savedBytes;
  private int place = NONE;
  private int reserved;

  /**
   * Makes one.
   *
   * @param sink what takes the packets
   * @param mergeTcp whether the device takes TCP super-packets
   * @param mergeUdp whether it takes UDP super-packets (USO, since Linux 6.2)
   * @param flows how many flows may wait at a time; each takes 64 KB, and so does one more
   */
  public Coalescer(Sink sink, boolean mergeTcp, boolean mergeUdp, int flows) {
    if (flows < 1) {
      throw new IllegalArgumentException("at least one flow must be able to wait, not " + flows);
    }
    this.sink = Objects.requireNonNull(sink);
    candidate = new Candidate(mergeTcp, mergeUdp);
    buffer = new byte[(flows + 1) * PLACE_BYTES];
    open = new SuperPacket[flows];
    free = new SuperPacket[flows];
    spare = new SuperPacket(buffer, HEADROOM);
    for (int i = 1; i <= flows; i++) {
      free[freeCount++] = new SuperPacket(buffer, i * PLACE_BYTES + HEADROOM);
    }
  }

  /** The array that {@link #reserve} gives places in. Only the reserved place may be written. */
  public byte[] buffer() {
    return buffer;
  }

  /**
   * Finds a place for the next packet.
   *
   * @param length the most bytes that will be written there, at most {@link #MAX_PACKET}
   * @return its offset in {@link #buffer}
   */
  public int reserve(int length) {
    if (length < 0 || length > MAX_PACKET) {
      throw new IllegalArgumentException("no place for a packet of " + length + " bytes");
    }
    giveBack();
    reserved = length;
    place = spare.start();
    if (openCount > 0) {
      SuperPacket last = open[openCount - 1];
      int headerBytes = last.headerBytes();
      // What is compared later must not be covered now.
      if (last.payloadBytes() >= headerBytes
          && last.end() - last.start() - headerBytes + length <= MAX_PACKET
          && isStillSound(last)) {
        place = last.end() - headerBytes;
        savedBytes = headerBytes;
        System.arraycopy(buffer, place, saved, 0, headerBytes);
      }
    }
    return place;
  }

  /** Looks at its first packet's checksums while they can be seen; if wrong, it waits no longer. */
  private boolean isStillSound(SuperPacket last) {
    if (last.verify()) {
      return true;
    }
    write(openCount - 1);
    return false;
  }

  /**
   * Takes the packet at the reserved place: merges it, lets it wait for the next, or writes it.
   *
   * @param length the packet's own length, without padding, at most what was reserved
   */
  public void add(int length) {
    if (place == NONE || length > reserved) {
      throw new IllegalStateException("no place is reserved for a packet of " + length + " bytes");
    }
    candidate.read(buffer, place, length);
    if (place != spare.start()) {
      SuperPacket last = open[openCount - 1];
      if (candidate.isMergeable() && last.accepts(candidate) && candidate.checksumsHold()) {
        giveBack();
        append(openCount - 1);
        return;
      }
      System.arraycopy(buffer, place, buffer, spare.start(), length);
      giveBack();
      candidate.movedTo(spare.start());
    }
    place = NONE;
    addSpare();
  }

  /** The same for a packet in the spare place. */
  private void addSpare() {
    int flow = NONE;
    if (candidate.portsKnown()) {
      flow = find();
    } else {
      writeBetweenItsAddresses();
    }
    if (flow >= 0) {
      SuperPacket last = open[flow];
      if (candidate.isMergeable()
          && last.accepts(candidate)
          && candidate.checksumsHold()
          && last.verify()) {
        int payload = candidate.ip() + candidate.headerBytes();
        System.arraycopy(buffer, payload, buffer, last.end(), candidate.payloadBytes());
        append(flow);
        return;
      }
      write(flow);
    }
    if (candidate.mayBegin()) {
      begin();
    } else {
      int vnet = spare.start() - VnetHeader.SIZE;
      VnetHeader.clear(buffer, vnet);
      sink.write(buffer, vnet, VnetHeader.SIZE + candidate.length());
    }
  }

  /** Writes all that waits. To be called at the end of each receive batch. */
  public void flush() {
    giveBack();
    while (openCount > 0) {
      write(0);
    }
  }

  /** Undoes {@link #reserve}. */
  private void giveBack() {
    if (savedBytes > 0) {
      System.arraycopy(saved, 0, buffer, place, savedBytes);
      savedBytes = 0;
    }
    place = NONE;
  }

  private int find() {
    for (int i = openCount - 1; i >= 0; i--) {
      if (open[i].isFlowOf(candidate)) {
        return i;
      }
    }
    return NONE;
  }

  private void writeBetweenItsAddresses() {
    int flow = 0;
    while (flow < openCount) {
      if (!candidate.isWellFormed() || open[flow].hasAddressesOf(candidate)) {
        write(flow);
      } else {
        flow++;
      }
    }
  }

  private void begin() {
    spare.begin(candidate);
    if (openCount == open.length) {
      write(0);
    }
    open[openCount++] = spare;
    spare = free[--freeCount];
  }

  private void append(int flow) {
    SuperPacket grown = open[flow];
    grown.append(candidate);
    System.arraycopy(open, flow + 1, open, flow, openCount - flow - 1);
    open[openCount - 1] = grown;
    if (grown.isComplete()) {
      write(openCount - 1);
    }
  }

  /** Takes it from the open ones and writes it. */
  private void write(int flow) {
    SuperPacket done = open[flow];
    openCount--;
    System.arraycopy(open, flow + 1, open, flow, openCount - flow);
    free[freeCount++] = done;
    done.write(sink);
  }
}
