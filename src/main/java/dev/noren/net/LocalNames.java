package dev.noren.net;

/** Where the machines of a network ask each other for their names (mDNS, RFC 6762). */
public final class LocalNames {
  /** The group that hears all questions. */
  public static final IpAddress GROUP = IpAddress.parse("224.0.0.251");

  /** Its port. */
  public static final int PORT = 5353;

  private LocalNames() {}
}
