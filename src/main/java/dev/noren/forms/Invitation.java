package dev.noren.forms;

import dev.noren.config.HostPort;
import dev.noren.config.Pairing;
import dev.noren.crypto.Blake2s;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * An invitation to pair, as it is carried from one shop to the other: one line of text, {@code
 * noren1:} and base64url, which is as well the content of a file and of a QR code.
 *
 * <p>What is in it, and why an attacker gains little by it:
 *
 * <ul>
 *   <li>A one-time private key. Whoever reads the line on its way can call in by it, and reaches
 *       nothing but one TCP port at the inviter. The first who says who it is uses the invitation
 *       up; everybody else is told that it was used. So a thief who is first has nothing, as the
 *       digits at the inviter are not those at anybody whom the inviter telephones with, and the
 *       rightful router says why it could not join. A thief who is second is refused.
 *   <li>The inviter's public key. A carrier can't stand for the inviter without changing it, and a
 *       changed line leads to other digits: see {@link Transcript}. A changed line is an attack on
 *       the joiner, so the joiner's person has to accept too; nothing is routed at an end before
 *       its own person has compared the digits.
 *   <li>A preshared key, which alone is worth nothing and becomes that of good only mixed with what
 *       both ends have said in the tunnel.
 *   <li>Times. They are the inviter's, who alone judges whether the invitation has expired. A
 *       joiner whose clock differs is warned and goes on.
 * </ul>
 *
 * <p>What it does not keep from anybody: that a thief uses it up, so that another has to be made,
 * and that a thief whose clock is ahead keeps the rightful joiner's handshakes from being heard,
 * since those of one key must grow; then the joiner hears no reason.
 *
 * <p>The bytes: {@code expires} (8, seconds since 1970), id (8), name, the inviter's key (32), the
 * one-time key (32), the preshared key (32), the inviter's address in the tunnel, the joiner's
 * provisional one with its prefix length (1), the joiner's for good, the inviter's network with its
 * prefix length, the joiner's port (2), the number of endpoints (1), each with a kind (4, 6 or 0
 * for a name), and a checksum (4). Addresses have their kind before them, texts their length (1).
 *
 * @param id 16 hexadecimal digits
 * @param expires when it ends, by the inviter's clock
 * @param name what the inviter is called
 * @param inviter the inviter's key
 * @param oneTime the key by which the joiner calls in
 * @param presharedKey the shared secret of the provisional tunnel
 * @param inviterAddress the inviter's address in the tunnel
 * @param provisional the joiner's address while it is provisional, with the tunnel's network
 * @param given the joiner's address for good
 * @param network the inviter's own network
 * @param joinerPort the UDP port at which the inviter calls the joiner, or 0
 * @param endpoints where the inviter may be reached, the best first; empty only where the inviter
 *     calls
 */
public record Invitation(
    String id,
    Instant expires,
    String name,
    PublicKey inviter,
    PrivateKey oneTime,
    PresharedKey presharedKey,
    IpAddress inviterAddress,
    Cidr provisional,
    IpAddress given,
    Cidr network,
    int joinerPort,
    List<HostPort> endpoints) {
  /** What each invitation of this version begins with. */
  public static final String PREFIX = "noren1:";

  /** Hours that an invitation is good for. */
  public static final int HOURS = 24;

  private static final String ANY_PREFIX = "noren\\d{1,6}:.*";

  /** Ten times as long as any; nobody waits for the rest of it. */
  private static final int MOST_LETTERS = 4096;

  private static final int CHECKSUM_BYTES = 4;
  private static final byte[] CHECKSUM_OF = Transcript.ascii("noren invitation 1");

  public Invitation {
    endpoints = List.copyOf(endpoints);
  }

  /** The line. It is a secret until it was used. */
  public String line() {
    InvitationBytes bytes = new InvitationBytes();
    bytes.int64(expires.getEpochSecond());
    bytes.raw(Transcript.bytesOfHex(id));
    bytes.text(name);
    bytes.raw(inviter.bytes());
    bytes.raw(oneTime.bytes());
    bytes.raw(presharedKey.bytes());
    bytes.address(inviterAddress);
    bytes.cidr(provisional);
    bytes.address(given);
    bytes.cidr(network);
    bytes.int16(joinerPort);
    bytes.int8(endpoints.size());
    endpoints.forEach(bytes::endpoint);
    byte[] body = bytes.all();
    bytes.raw(checksum(body));
    return PREFIX + text(bytes.all());
  }

  /**
   * Reads a line, or a file with one in it; that mail has wrapped it does no harm.
   *
   * @throws IllegalArgumentException with a sentence that has nothing of the line in it
   */
  public static Invitation parse(String text) {
    if (text.length() > MOST_LETTERS) {
      throw new Refused("invitation.too-long");
    }
    String line = text.replaceAll("\\s", "");
    if (!line.startsWith(PREFIX)) {
      throw line.matches(ANY_PREFIX)
          ? new Refused("invitation.other-version")
          : new Refused("invitation.none", PREFIX);
    }
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(line.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      throw mistyped(e);
    }
    int end = all.length - CHECKSUM_BYTES;
    // The decoder overlooks bits of the last letter that mean nothing.
    if (end < 0
        || !line.equals(PREFIX + text(all))
        || !Arrays.equals(
            checksum(Arrays.copyOf(all, end)), Arrays.copyOfRange(all, end, all.length))) {
      throw mistyped(null);
    }
    try {
      return read(new InvitationBytes(Arrays.copyOf(all, end)));
    } catch (IllegalArgumentException e) {
      throw new Refused(Sentence.of("invitation.unknown", Sentence.of(e)), e);
    }
  }

  private static Invitation read(InvitationBytes in) {
    Instant expires = Instant.ofEpochSecond(in.time());
    String id = Transcript.hex(in.raw(8));
    String name = in.text();
    PublicKey inviter = PublicKey.of(in.raw(PublicKey.SIZE));
    PrivateKey oneTime = PrivateKey.of(in.raw(PrivateKey.SIZE));
    PresharedKey presharedKey = PresharedKey.of(in.raw(PresharedKey.SIZE));
    IpAddress inviterAddress = in.address();
    Cidr provisional = in.cidr();
    IpAddress given = in.address();
    Cidr network = in.cidr();
    int joinerPort = in.int16();
    List<HostPort> endpoints = in.endpoints(Pairing.MOST_ENDPOINTS);
    in.end();
    return new Invitation(
        id,
        expires,
        name,
        inviter,
        oneTime,
        presharedKey,
        inviterAddress,
        provisional,
        given,
        network,
        joinerPort,
        endpoints);
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static IllegalArgumentException mistyped(Throwable cause) {
    return new Refused(Sentence.of("invitation.mistyped"), cause);
  }

  private static byte[] checksum(byte[] body) {
    byte[] hash = new byte[Blake2s.HASH_SIZE];
    Blake2s.hash(hash, CHECKSUM_OF, body);
    return Arrays.copyOf(hash, CHECKSUM_BYTES);
  }

  /** Without its secrets. */
  @Override
  public String toString() {
    return "Invitation[id=" + id + "]";
  }
}
