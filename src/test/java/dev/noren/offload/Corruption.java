package dev.noren.offload;

import java.util.ArrayList;
import java.util.List;

/** Packets of one flow of which one was damaged on its way, before the tunnel saw it. */
public record Corruption(boolean v6, boolean tcp, Damage damage, int which, int payloadBytes) {
  /** How many packets; the damaged one has neighbours that merge before or behind it, or both. */
  public static final int PACKETS = 7;

  /** What is wrong with the packet. */
  public enum Damage {
    /** A bit of the payload. */
    PAYLOAD,
    /** A bit of the TCP or UDP checksum. */
    CHECKSUM,
    /** A bit of the IPv4 header's checksum. */
    IP_CHECKSUM
  }

  /** Each kind of damage to the first, the second, a middle and the last packet of each kind. */
  public static List<Corruption> all() {
    List<Corruption> all = new ArrayList<>();
    for (int kind = 0; kind < 4; kind++) {
      for (Damage damage : Damage.values()) {
        for (int which : new int[] {0, 1, 3, PACKETS - 1}) {
          // The longer ones are decrypted over the tail of the flow, the shorter ones beside it.
          for (int payload : new int[] {10, 500}) {
            if (kind % 2 == 0 || damage != Damage.IP_CHECKSUM) {
              all.add(new Corruption(kind % 2 == 1, kind < 2, damage, which, payload));
            }
          }
        }
      }
    }
    return all;
  }

  /** The packets in order. */
  public List<byte[]> packets() {
    TestPacket packet = new TestPacket();
    packet.v6 = v6;
    packet.tcp = tcp;
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < PACKETS; i++) {
      packets.add(packet.with(payloadBytes, i).bytes());
      packet.sequence += payloadBytes;
      packet.id++;
    }
    byte[] bad = packets.get(which);
    int at =
        switch (damage) {
          case PAYLOAD -> bad.length - 1;
          case CHECKSUM -> packet.ipBytes() + packet.checksumOffset();
          case IP_CHECKSUM -> 10;
        };
    bad[at] ^= 0x10;
    return packets;
  }

  /** The packets before, the bad one, and those behind it: so many writes, if some were merged. */
  public int writes() {
    return 1 + (which > 0 ? 1 : 0) + (which < PACKETS - 1 ? 1 : 0);
  }
}
