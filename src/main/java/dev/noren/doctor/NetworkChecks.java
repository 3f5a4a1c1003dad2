package dev.noren.doctor;

import dev.noren.config.RouterConfig.Role;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.net.PrivateNetworks;
import dev.noren.status.Finding;
import dev.noren.status.Origin;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Line;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.text.FieldWords;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Networks that are in each other's way, rules, and whether anybody could call. */
final class NetworkChecks {
  /** Of a network that is so many bits wider, the near one is but a small part. */
  private static final int WIDER_BITS = 8;

  private static final int FEW_PACKETS = 3;

  /** Of the plan's remarks, which know more of forms than a snapshot tells. */
  private static final String REMARK_LINE = "remark.line-overlaps";

  private static final String REMARK_FAR = "remark.overlap";

  private NetworkChecks() {}

  /** A line that is not used, since its network is the shop's own. */
  static Finding lineOverlaps(Observations seen) {
    return remarks(seen, REMARK_LINE).map(NetworkChecks::remarked).findFirst().orElse(null);
  }

  private static Stream<Sentence> remarks(Observations seen, String start) {
    return seen.status().problems().stream()
        .filter(each -> each.key() != null && each.key().startsWith(start));
  }

  /** The second thing that such a remark names is the network. */
  private static Finding remarked(Sentence remark) {
    return overlap(List.of(remark), remark.arguments().get(1));
  }

  static List<Finding> overlaps(Observations seen) {
    RouterStatus status = seen.status();
    List<Finding> found = new ArrayList<>();
    remarks(seen, REMARK_FAR).map(NetworkChecks::remarked).forEach(found::add);
    if (!found.isEmpty()) {
      return found;
    }
    Cidr lan = status.lan() == null ? null : status.lan().address();
    List<Cidr> lines = status.lines().stream().map(Line::address).filter(Objects::nonNull).toList();
    if (lan != null && status.role() == Role.ROUTER) {
      for (Cidr line : lines) {
        if (line.overlaps(lan)) {
          found.add(overlap(Sentence.of("seen.lan-is", lan.masked()), line, "seen.line-is"));
        }
      }
    }
    for (Tunnel tunnel : status.tunnels()) {
      for (Peer peer : tunnel.peers()) {
        for (Cidr far : peer.allowedIps()) {
          if (isInTheWay(far, lan)) {
            found.add(
                overlap(Sentence.of("seen.lan-is", lan.masked()), far, "seen.far-is")
                    .at(tunnel.name().text(), FarEndChecks.name(peer)));
          }
          lines.stream()
              .filter(line -> !line.equals(lan) && isInTheWay(far, line))
              .forEach(
                  line ->
                      found.add(
                          overlap(Sentence.of("seen.line-is", line.masked()), far, "seen.far-is")
                              .at(tunnel.name().text(), FarEndChecks.name(peer))));
        }
      }
    }
    return found;
  }

  private static Finding overlap(Sentence near, Cidr other, String otherKey) {
    return overlap(List.of(near, otherSentence(otherKey, other)), other.masked());
  }

  /** What to change is called as the page calls it. */
  private static Finding overlap(List<Sentence> evidence, Object network) {
    return Findings.of(
        Ailment.OVERLAP,
        true,
        evidence,
        network,
        FieldWords.of("lan.address"),
        FieldWords.of("forms[0].seenAs"));
  }

  private static Sentence otherSentence(String otherKey, Cidr other) {
    return otherKey.equals("seen.far-is")
        ? Sentence.of("seen.far-is", other.masked())
        : Sentence.of("seen.line-is", other.masked());
  }

  /** One far host is no network, and of a very wide one the near network is a small part. */
  private static boolean isInTheWay(Cidr far, Cidr near) {
    return near != null
        && far.prefixLength() < far.address().bits()
        && far.overlaps(near)
        && far.prefixLength() + WIDER_BITS >= near.prefixLength();
  }

  static List<Finding> refusals(Observations seen) {
    return seen.refusals().stream()
        .filter(each -> each.packets() >= FEW_PACKETS)
        .map(
            each ->
                Findings.of(
                    Ailment.RULE_BLOCKS,
                    false,
                    List.of(Sentence.of("seen.refused", each.packets())),
                    each.what()))
        .toList();
  }

  /** While nobody has ever called in, and nobody of the internet could. */
  static List<Finding> doubleNat(Observations seen) {
    List<IpAddress> own =
        seen.status().lines().stream()
            .map(Line::address)
            .filter(Objects::nonNull)
            .map(Cidr::address)
            .toList();
    if (own.isEmpty() || !own.stream().allMatch(NetworkChecks::isPrivate)) {
      return List.of();
    }
    List<Finding> found = new ArrayList<>();
    for (Tunnel tunnel : seen.status().tunnels()) {
      if (tunnel.up() && tunnel.reached() == null && isOnlyCalled(tunnel)) {
        found.add(
            Findings.of(
                    Ailment.DOUBLE_NAT,
                    false,
                    List.of(
                        Sentence.of("seen.private-line", own.getFirst()),
                        Sentence.of("seen.never-reached", tunnel.listenPort())),
                    own.getFirst(),
                    tunnel.listenPort())
                .at(tunnel.name().text(), null));
      }
    }
    return found;
  }

  private static boolean isOnlyCalled(Tunnel tunnel) {
    return !tunnel.peers().isEmpty()
        && tunnel.peers().stream().allMatch(Peer::callsIn)
        && tunnel.peers().stream().noneMatch(peer -> peer.origin() == Origin.OUTSIDE);
  }

  private static boolean isPrivate(IpAddress address) {
    return Stream.concat(PrivateNetworks.of(false).stream(), PrivateNetworks.of(true).stream())
        .filter(each -> each.address().v6() == address.v6())
        .anyMatch(each -> each.contains(address));
  }
}
