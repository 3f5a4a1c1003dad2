package dev.noren.history;

/**
 * How a line or tunnel fared in one part of the time.
 *
 * @param received bytes a second, while it was known
 * @param sent bytes a second, while it was known
 * @param knownPercent of how much of the part something is known
 * @param lostPercent how many echoes were not answered, or -1 where none were asked
 * @param tenths how long an answer took, tenths of a millisecond, or -1
 */
record Point(long received, long sent, int knownPercent, int lostPercent, int tenths) {}
