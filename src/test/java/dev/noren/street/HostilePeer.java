package dev.noren.street;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.crypto.TransportAead;
import dev.noren.crypto.TransportAeads;
import dev.noren.net.Bytes;
import dev.noren.offload.TestPacket;
import dev.noren.protocol.Limits;
import dev.noren.protocol.cookie.MacStamper;
import dev.noren.protocol.handshake.InitiatorHandshake;
import dev.noren.protocol.handshake.LocalIdentity;
import dev.noren.protocol.handshake.SessionKeys;
import dev.noren.protocol.handshake.Tai64n;
import dev.noren.protocol.message.Initiation;
import dev.noren.protocol.message.MessageType;
import dev.noren.protocol.message.Response;
import dev.noren.protocol.message.Transport;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;

/**
 * A peer that has a valid session, and uses it to do harm: made of the protocol's own messages, so
 * that nothing of what it sends is refused before it is decrypted.
 */
public final class HostilePeer {
  /** What its victim should let it have inside. */
  public static final String ALLOWED_IPS = "10.77.0.66/32,fd00::42/128";

  /** How many datagrams a round of {@code corrupt} brings, and how many of them are corrupt. */
  public static final int DATAGRAMS = 40;

  public static final int CORRUPT = 4;

  private static final int ATTEMPTS = 5;

  private static final int PORT = 41_000;
  private static final int MOST_PLAIN = 1424;
  private static final int PORTS = 32;

  private final LocalIdentity me;
  private final PublicKey victim;
  private final InetSocketAddress from;
  private final InetSocketAddress to;
  private final Random random;
  private final TransportAead aead = TransportAeads.create();
  private final byte[] staticStatic = new byte[PublicKey.SIZE];
  private final MacStamper stamper;
  private final byte[] out = new byte[SegmentSocket.MOST_BYTES];
  private SegmentSocket socket;
  private SessionKeys keys;
  private long counter;
  private long stampNs = System.currentTimeMillis() * 1_000_000;

  private HostilePeer(String[] args) {
    me = LocalIdentity.of(PrivateKey.parseBase64(args[0]));
    victim = PublicKey.parseBase64(args[1]);
    from = new InetSocketAddress(args[2], PORT);
    to = new InetSocketAddress(args[3], WgEnd.PORT);
    random = new Random(Long.parseLong(args[4]));
    stamper = new MacStamper(victim);
    me.privateKey().sharedSecret(victim, staticStatic);
  }

  /**
   * What runs in a host: own private and the victim's public key in base64, own and the victim's
   * outer address, a seed, and then what to do, each with how often: {@code bent}, {@code mixed},
   * {@code lengths}, {@code roam}, {@code initiations}, {@code corrupt}.
   */
  public static void main(String[] args) {
    HostilePeer peer = new HostilePeer(args);
    try (SegmentSocket socket = new SegmentSocket(peer.from, peer.to)) {
      peer.socket = socket;
      socket.patience(2_000);
      peer.shakeHands();
      for (int i = 5; i < args.length; i += 2) {
        peer.attack(args[i], Integer.parseInt(args[i + 1]));
      }
    }
  }

  private void attack(String how, int times) {
    long startNs = System.nanoTime();
    int sent =
        switch (how) {
          case "bent" -> bent(times, true);
          case "mixed" -> bent(times, false);
          case "lengths" -> lengths(times);
          case "roam" -> roam(times);
          case "initiations" -> initiations(times);
          case "corrupt" -> corrupt(times);
          default -> throw new IllegalArgumentException(how);
        };
    long ms = (System.nanoTime() - startNs) / 1_000_000;
    System.out.println(how + " " + sent + " in " + ms + " ms");
  }

  private byte[] initiation(InitiatorHandshake[] started) {
    byte[] message = new byte[Initiation.SIZE];
    byte[] stamp = new byte[Tai64n.SIZE];
    stampNs += Tai64n.STEP_NS;
    Tai64n.write(stampNs, stamp, 0);
    PrivateKey ephemeral = PrivateKey.generate(random);
    started[0] =
        InitiatorHandshake.start(
            me, victim, staticStatic, ephemeral, random.nextInt(), stamp, message, 0);
    stamper.stamp(message, 0, message.length, System.nanoTime(), Limits.WHITEPAPER);
    return message;
  }

  /** Again where only a cookie came: the victim may be under the load of the attack before. */
  private void shakeHands() {
    InitiatorHandshake[] started = new InitiatorHandshake[1];
    byte[] answer = null;
    for (int attempt = 0; answer == null && attempt < ATTEMPTS; attempt++) {
      byte[] message = initiation(started);
      socket.send(message, message.length, message.length);
      answer = socket.receive();
      while (answer != null && MessageType.of(answer, 0, answer.length) != Response.TYPE) {
        answer = socket.receive();
      }
    }
    if (answer == null) {
      throw new IllegalStateException("no response");
    }
    keys = started[0].finish(answer, 0, me, PresharedKey.NONE);
    counter = 0;
    int length = seal(new byte[0], 0, 0);
    socket.send(out, length, length);
  }

  /** Writes a transport message with the next counter; returns its length. */
  private int seal(byte[] plain, int plainBytes, int at) {
    byte[] padded = Arrays.copyOf(plain, plainBytes);
    Transport.writeHeader(out, at, keys.remoteIndex(), counter);
    aead.seal(keys.send(), counter, padded, 0, plainBytes, out, at + Transport.CIPHERTEXT);
    counter++;
    return Transport.OVERHEAD + plainBytes;
  }

  /** Bent packets of a few flows: as full buffers of equal datagrams, or each of its own length. */
  private int bent(int times, boolean equal) {
    int each = Transport.OVERHEAD + MOST_PLAIN;
    int perSend = equal ? SegmentSocket.MOST_BYTES / each : 1;
    TestPacket[] flows = {flow(true, false), flow(true, true), flow(false, false)};
    for (int i = 0; i < times; i++) {
      int length = 0;
      for (int n = 0; n < perSend; n++) {
        TestPacket flow = flows[random.nextInt(20) == 0 ? random.nextInt(3) : i % 3];
        byte[] plain = random.nextInt(3) == 0 ? bend(flow.bytes()) : flow.bytes();
        flow.sequence += flow.payload.length;
        length += seal(plain, equal ? MOST_PLAIN : Math.min(plain.length, 9_000), length);
      }
      socket.send(out, length, equal ? each : length);
    }
    return times * perSend;
  }

  private TestPacket flow(boolean tcp, boolean v6) {
    TestPacket flow = new TestPacket();
    flow.tcp = tcp;
    flow.v6 = v6;
    flow.sourceHost = v6 ? 0x42 : 0x4d0042;
    flow.destinationHost = v6 ? 1 : 0x4d0001;
    return flow.with(1200, 1);
  }

  private byte[] bend(byte[] bytes) {
    switch (random.nextInt(6)) {
      case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[random.nextInt(60)] = (byte) random.nextInt();
      case 2 -> Bytes.putInt16(bytes, 2, random.nextInt(2 * bytes.length));
      case 3 -> Bytes.putInt16(bytes, 4, random.nextInt(2 * bytes.length));
      case 4 -> {
        return Arrays.copyOf(bytes, random.nextInt(MOST_PLAIN));
      }
      default -> random.nextBytes(bytes);
    }
    return bytes;
  }

  /** Plaintexts and datagrams of every length. */
  private int lengths(int most) {
    byte[] noise = new byte[most];
    random.nextBytes(noise);
    for (int length = 0; length <= most; length++) {
      int sealed = seal(noise, length, 0);
      socket.send(out, sealed, sealed);
      byte[] message = noise.clone();
      for (byte type = 0; type < 6 && length > 0; type++) {
        message[0] = type;
        Arrays.fill(message, 1, Math.min(4, most), (byte) 0);
        socket.send(message, length, length);
      }
    }
    return 7 * most;
  }

  /** Each packet from another port than the one before. */
  private int roam(int times) {
    SegmentSocket[] sockets = new SegmentSocket[PORTS];
    for (int i = 0; i < PORTS; i++) {
      sockets[i] = new SegmentSocket(new InetSocketAddress(from.getAddress(), 20_000 + i), to);
    }
    byte[] plain = flow(false, false).bytes();
    for (int i = 0; i < times; i++) {
      int length = seal(plain, plain.length, 0);
      sockets[i % PORTS].send(out, length, length);
    }
    for (SegmentSocket each : sockets) {
      each.close();
    }
    return times;
  }

  /** Valid initiations, as fast as they leave: each new one, and it again and again. */
  private int initiations(int times) {
    InitiatorHandshake[] started = new InitiatorHandshake[1];
    int again = 40;
    for (int i = 0; i < times; i++) {
      byte[] message = initiation(started);
      for (int n = 0; n < again; n++) {
        System.arraycopy(message, 0, out, n * message.length, message.length);
      }
      socket.send(out, again * message.length, message.length);
    }
    return times * again;
  }

  /** UDP datagrams of one flow, every tenth with a wrong checksum. */
  private int corrupt(int times) {
    TestPacket flow = flow(false, false);
    int each = Transport.OVERHEAD + flow.bytes().length;
    for (int i = 0; i < times; i++) {
      int length = 0;
      for (int n = 0; n < DATAGRAMS; n++) {
        byte[] plain = flow.bytes();
        if (n % (DATAGRAMS / CORRUPT) == 5) {
          plain[plain.length - 1 - random.nextInt(1000)] ^= 1;
        }
        length += seal(plain, plain.length, length);
      }
      socket.send(out, length, each);
    }
    return times * DATAGRAMS;
  }
}
