package dev.noren.doctor;

/**
 * One time that a tunnel that worked did so no more.
 *
 * @param tunnel the tunnel's name
 * @param publicKey the far end's key
 * @param cause what else happened then
 * @param ageSeconds how long ago it began
 * @param lastedSeconds how long it lasted, as far as it has
 */
public record Cut(
    String tunnel, String publicKey, Cause cause, long ageSeconds, long lastedSeconds) {
  /** RFC 4787 wants two minutes of a NAT; many forget a way of UDP after half a minute. */
  static final long IDLE_SECONDS = 30;

  /** By what it was cut, the surest first: what a cable did explains all that follows from it. */
  public enum Cause {
    /** The line's cable led nowhere. */
    CABLE,

    /** The line has another address than before. */
    ADDRESS,

    /** The line had no address. */
    LEASE,

    /** The line had an address and led nowhere. */
    LINE,

    /** Keys were to be made anew and were not, while data still came by the old ones. */
    REKEY,

    /** Nothing had gone to and fro for some time, and somebody on the way forgot it. */
    IDLE,

    /** Nothing else was seen. */
    UNKNOWN
  }

  /**
   * What happened from shortly before a cut until its end.
   *
   * @param noCable whether there was a moment when no line had a cable
   * @param noAddress the same of an address
   * @param noWay the same of a way to the internet
   * @param otherAddress whether the line in use has another address than before
   * @param flowed whether data came while calls were in vain
   * @param quietSeconds for how long nothing had come before it was called in vain
   * @param keepaliveSeconds how often this end says something by itself; 0 for never
   * @param otherPort whether the far end is at another port of the same address since
   */
  record Circumstances(
      boolean noCable,
      boolean noAddress,
      boolean noWay,
      boolean otherAddress,
      boolean flowed,
      long quietSeconds,
      int keepaliveSeconds,
      boolean otherPort) {
    Cause cause() {
      if (noCable) {
        return Cause.CABLE;
      }
      if (otherAddress) {
        return Cause.ADDRESS;
      }
      if (noAddress) {
        return Cause.LEASE;
      }
      if (noWay) {
        return Cause.LINE;
      }
      if (flowed) {
        return Cause.REKEY;
      }
      return quietSeconds >= IDLE_SECONDS && (isSilent() || otherPort) ? Cause.IDLE : Cause.UNKNOWN;
    }

    /** Whether nothing of this end keeps a NAT from forgetting. */
    private boolean isSilent() {
      return keepaliveSeconds == 0 || keepaliveSeconds > IDLE_SECONDS;
    }
  }
}
