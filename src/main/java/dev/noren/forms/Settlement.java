package dev.noren.forms;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.net.PrivateNetworks;
import dev.noren.text.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How two shops' networks are joined: as they are, or where one of them has what the other has
 * already, as others, address by address. All of the mapping is done at the joiner, so that the
 * inviter's other shops keep what they know.
 *
 * <p>Neither end believes what the other says of its networks. A network must be a private one, or
 * packets to somebody's servers would be led away; and small enough that it swallows no shop's.
 */
public final class Settlement {
  /** No shop's network is larger. */
  static final int SHORTEST_V4 = 16;

  /** More networks than a hub has shops for. */
  static final int MOST_NETWORKS = 64;

  private static final List<Cidr> PRIVATE =
      Stream.concat(PrivateNetworks.OF_SITES.stream(), Stream.of(PrivateNetworks.CGNAT)).toList();

  private static final int TEN = 10 << 24;
  private static final int TEN_BITS = 24;

  private Settlement() {}

  /**
   * What an inviter answers.
   *
   * @param hello what the joiner has said
   * @param own the inviter's own networks, the shop's first
   * @param taken networks that the inviter can't see anything else in, the own ones among them
   * @param nonce by chance, hexadecimal
   * @throws IllegalArgumentException with a sentence, where they can't be joined
   */
  public static Terms terms(Hello hello, List<Cidr> own, List<Cidr> taken, String nonce) {
    check(hello.subnet());
    checkTaken(hello.taken());
    List<Cidr> used = new ArrayList<>(taken);
    used.add(hello.subnet());
    used.addAll(hello.taken());
    used.addAll(own);
    boolean moves = taken.stream().anyMatch(hello.subnet()::overlaps);
    Cidr joinerSeenAs = moves ? free(hello.subnet(), hello.id(), used) : null;
    List<Cidr> foreign = new ArrayList<>(hello.taken());
    foreign.add(hello.subnet());
    List<Cidr> seenAs = new ArrayList<>();
    for (Cidr network : own) {
      boolean differs = foreign.stream().anyMatch(network::overlaps);
      seenAs.add(differs ? free(network, hello.id(), used) : network);
    }
    return new Terms(nonce, own, seenAs, joinerSeenAs);
  }

  /**
   * Refuses what a joiner can't take.
   *
   * @param subnet the joiner's own network
   * @param taken networks that the joiner can't see anything else in
   * @throws IllegalArgumentException with a sentence
   */
  public static void check(Terms terms, Cidr subnet, List<Cidr> taken) {
    if (terms.subnets().isEmpty()
        || terms.subnets().size() > MOST_NETWORKS
        || terms.subnets().size() != terms.seenAs().size()) {
      throw new Refused("settle.none");
    }
    List<Cidr> used = new ArrayList<>(taken);
    used.add(subnet);
    for (int i = 0; i < terms.subnets().size(); i++) {
      check(terms.subnets().get(i));
      Cidr seen = terms.seenAs().get(i);
      check(seen);
      if (!sameLength(terms.subnets().get(i), seen)) {
        throw new Refused("settle.size", seen);
      }
      if (used.stream().anyMatch(seen::overlaps)) {
        throw new Refused("settle.overlaps", seen);
      }
      used.add(seen);
    }
    if (terms.joinerSeenAs() != null) {
      check(terms.joinerSeenAs());
      if (!sameLength(terms.joinerSeenAs(), subnet)) {
        throw new Refused("settle.own-size", terms.joinerSeenAs(), subnet);
      }
    }
  }

  private static boolean sameLength(Cidr one, Cidr other) {
    return one.address().v6() == other.address().v6() && one.prefixLength() == other.prefixLength();
  }

  private static void checkTaken(List<Cidr> taken) {
    if (taken.size() > MOST_NETWORKS) {
      throw new Refused("settle.too-many", MOST_NETWORKS);
    }
  }

  /** Refuses a network that is no shop's. */
  private static void check(Cidr network) {
    if (network == null || !network.masked().equals(network)) {
      throw new Refused("settle.no-network");
    }
    boolean fits =
        !network.address().v6()
            && network.prefixLength() >= SHORTEST_V4
            && network.prefixLength() <= 30
            && PRIVATE.stream().anyMatch(each -> each.contains(network.address()));
    if (!fits) {
      throw new Refused("settle.not-private", network, SHORTEST_V4);
    }
  }

  /** Whether a network can be joined at all. */
  public static boolean isJoined(Cidr network) {
    try {
      check(network);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The first free network of 10.0.0.0/8 from a place that the invitation's id says. */
  private static Cidr free(Cidr like, String id, List<Cidr> used) {
    int length = like.prefixLength();
    int size = 32 - length;
    int networks = 1 << (TEN_BITS - size);
    int start = Integer.parseUnsignedInt(id.substring(0, 8), 16) & (networks - 1);
    for (int i = 0; i < networks; ) {
      int number = (start + i) & (networks - 1);
      Cidr network = new Cidr(IpAddress.v4(TEN | number << size), length);
      Cidr other = used.stream().filter(network::overlaps).findFirst().orElse(null);
      if (other == null) {
        used.add(network);
        return network;
      }
      // A wide one is passed in one step, or a hostile list of them would take seconds.
      int step = 1 << Math.max(0, Math.min(length - other.prefixLength(), TEN_BITS - size));
      i += step - (number & (step - 1));
    }
    throw new Refused("settle.none-free", like);
  }
}
