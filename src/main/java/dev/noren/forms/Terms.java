package dev.noren.forms;

import dev.noren.net.Cidr;
import java.util.List;

/**
 * What an inviter answers to a {@link Hello}: how the two networks are joined.
 *
 * @param nonce chosen by chance after the joiner was bound to its own, hexadecimal
 * @param subnets the inviter's networks as it calls them itself
 * @param seenAs as which the joiner sees them, one for each; the same where nothing overlaps
 * @param joinerSeenAs as which the joiner's network is seen by others, or null for as it is
 */
public record Terms(String nonce, List<Cidr> subnets, List<Cidr> seenAs, Cidr joinerSeenAs) {
  public Terms {
    subnets = subnets == null ? List.of() : List.copyOf(subnets);
    seenAs = seenAs == null ? List.of() : List.copyOf(seenAs);
  }
}
