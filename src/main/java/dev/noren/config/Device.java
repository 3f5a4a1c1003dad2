package dev.noren.config;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.IpAddress;
import java.time.LocalDate;
import java.util.List;

/**
 * A device that calls in from outside: a telephone or a computer, or a thing without a person. Its
 * private key was shown once and is kept nowhere.
 *
 * @param name what people call it; no two devices of the router have the same
 * @param person whose it is, a name of {@link Access#people}, or null
 * @param publicKey its key
 * @param presharedKey the shared secret, or {@link PresharedKey#NONE}
 * @param addresses its addresses in the tunnel, one of each family at most
 * @param expires the last day on which it is let in, in the box's time zone, or null for no end
 * @param outside whether it is of outside staff, who need an end and named hosts
 * @param iot whether it is a thing: it can be reached, and starts no connection
 * @param lost whether it is lost: never let in again, though its place stays taken
 */
public record Device(
    String name,
    String person,
    PublicKey publicKey,
    PresharedKey presharedKey,
    List<IpAddress> addresses,
    LocalDate expires,
    boolean outside,
    boolean iot,
    boolean lost) {
  public Device {
    addresses = List.copyOf(addresses);
  }

  /** Whether it is let in on this day of the box's time zone. */
  public boolean isLetIn(LocalDate today) {
    return !lost && (expires == null || !today.isAfter(expires));
  }

  /** The same under another name. */
  public Device withName(String other) {
    return new Device(
        other, person, publicKey, presharedKey, addresses, expires, outside, iot, lost);
  }

  /** The same with another last day, or null for no end. */
  public Device withExpires(LocalDate day) {
    return new Device(name, person, publicKey, presharedKey, addresses, day, outside, iot, lost);
  }

  /** The same as a lost one. */
  public Device asLost() {
    return new Device(
        name, person, publicKey, presharedKey, addresses, expires, outside, iot, true);
  }
}
