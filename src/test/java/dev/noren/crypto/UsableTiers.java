package dev.noren.crypto;

import java.util.ArrayList;
import java.util.List;

/** The tiers that this Java has; {@link DirectTierTest} sees to it that none is missing. */
final class UsableTiers {
  private UsableTiers() {}

  /** One object of each. */
  static List<TransportAead> objects() throws TierUnavailableException {
    List<TransportAead> objects = new ArrayList<>();
    for (AeadTier tier : AeadTier.values()) {
      if (tier.compareTo(AeadTier.CIPHER) >= 0 || JdkChaCha20.PROBLEM == null) {
        objects.add(tier.create());
      }
    }
    return objects;
  }
}
