package dev.noren.crypto;

/** One thread's way to the AEAD that is the best known at the time. */
public final class AeadLane {
  private final TransportAeads aeads;
  private AeadTier tier;
  private TransportAead aead;

  AeadLane(TransportAeads aeads) {
    this.aeads = aeads;
    change(aeads.tier());
  }

  /**
   * What to seal or open the next packet with. Costs one volatile read; ask before each packet or
   * batch, and do not keep the answer for longer.
   */
  public TransportAead aead() {
    AeadTier best = aeads.tier();
    if (best != tier) {
      change(best);
    }
    return aead;
  }

  private void change(AeadTier best) {
    tier = best;
    try {
      aead = best.create();
    } catch (TierUnavailableException e) {
      throw new IllegalStateException("a tier that passed its self-test is gone", e);
    }
  }
}
