package dev.noren.status;

/**
 * What a line or a far end carried.
 *
 * @param receivedBytes since it came up
 * @param sentBytes since it came up
 * @param receivedPerSecond bytes a second, of the last seconds
 * @param sentPerSecond the same for what was sent
 */
public record Traffic(
    long receivedBytes, long sentBytes, long receivedPerSecond, long sentPerSecond) {
  /** Totals whose rates nobody has worked out yet. */
  public static Traffic total(long receivedBytes, long sentBytes) {
    return new Traffic(receivedBytes, sentBytes, 0, 0);
  }

  /** These totals, with the rates since the ones before. */
  Traffic since(Traffic before, long elapsedMs) {
    return new Traffic(
        receivedBytes,
        sentBytes,
        rate(before.receivedBytes, receivedBytes, elapsedMs),
        rate(before.sentBytes, sentBytes, elapsedMs));
  }

  /** A counter that went back began anew. */
  private static long rate(long before, long after, long elapsedMs) {
    long bytes = after >= before ? after - before : after;
    return Math.round(bytes * 1000.0 / elapsedMs);
  }
}
