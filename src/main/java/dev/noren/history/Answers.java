package dev.noren.history;

/**
 * How echoes through a tunnel come back.
 *
 * @param lostPercent how many do not
 * @param microseconds how long one takes, or -1 where none came back
 */
public record Answers(double lostPercent, long microseconds) {
  /** Of several far ends of one tunnel, what the worst of them has. */
  public static Answers worst(Answers one, Answers other) {
    return new Answers(
        Math.max(one.lostPercent, other.lostPercent),
        Math.max(one.microseconds, other.microseconds));
  }
}
