package dev.noren.doctor;

import dev.noren.net.IpAddress;
import java.util.List;

/**
 * What could go past tunnels that are to take all of somebody's traffic, by the settings and by the
 * firewall that follows from them.
 *
 * @param servers the name servers that this box asks for its devices
 * @param chosen whether somebody chose them; else they are the line's
 * @param names the tunnels past which those servers are asked
 * @param ipv6 where IPv6 of the shop's devices goes
 */
public record Tightness(List<IpAddress> servers, boolean chosen, List<PastNames> names, Ipv6 ipv6) {
  /** Nothing is known of it. */
  public static final Tightness UNKNOWN =
      new Tightness(List.of(), false, List.of(), new Ipv6(Ipv6.Way.NONE, null, null));

  public Tightness {
    servers = List.copyOf(servers);
    names = List.copyOf(names);
  }

  /**
   * That names are asked for past a tunnel.
   *
   * @param tunnel the tunnel's name
   * @param all whether it is to take all of the shop's traffic; else all of some devices'
   * @param servers who is asked past it
   */
  public record PastNames(String tunnel, boolean all, List<IpAddress> servers) {
    public PastNames {
      servers = List.copyOf(servers);
    }
  }

  /**
   * Where IPv6 of the shop's devices goes.
   *
   * @param way in a word
   * @param tunnel the tunnel that takes everything, or null
   * @param router who else gives the devices IPv6, or null
   */
  public record Ipv6(Way way, String tunnel, IpAddress router) {
    /** Where it goes. */
    public enum Way {
      /** This box gives none, and knows of nobody who does. */
      NONE,

      /** This box gives it, and it goes as IPv4 does. */
      GIVEN,

      /** The tunnel that takes everything does not carry it, so it is refused. */
      CLOSED,

      /** Another router of the shop's network gives it, so that it never comes to this box. */
      PAST
    }
  }
}
