package dev.noren.history;

import dev.noren.status.Trend.By;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The last parts of the time of one line or tunnel, each at its number modulo their count: 12 bytes
 * a part. A part's number is that of the minutes or hours since 1970.
 */
final class Parts {
  /** What one takes, of memory and of a file. */
  static final int POINT_BYTES = 12;

  private static final byte NONE = -1;

  /** More than 6.5 s is as good as no answer. */
  private static final int MOST_TENTHS = Character.MAX_VALUE - 1;

  private static final char NO_TENTHS = Character.MAX_VALUE;

  private final By by;
  private final int[] received;
  private final int[] sent;

  /** Percent; 0 where nothing is known. */
  private final byte[] known;

  private final byte[] lost;
  private final char[] tenths;
  private long newest;

  /**
   * None is known.
   *
   * @param newest the part that counts as the last one
   */
  Parts(By by, long newest) {
    this.by = by;
    this.newest = newest;
    received = new int[by.parts()];
    sent = new int[by.parts()];
    known = new byte[by.parts()];
    lost = new byte[by.parts()];
    tenths = new char[by.parts()];
  }

  By by() {
    return by;
  }

  long newest() {
    return newest;
  }

  private int at(long part) {
    return (int) Math.floorMod(part, (long) by.parts());
  }

  private boolean isHeld(long part) {
    return part <= newest && part > newest - by.parts();
  }

  /** The part, or null where nothing is known of it. */
  Point get(long part) {
    int at = at(part);
    if (!isHeld(part) || known[at] == 0) {
      return null;
    }
    return new Point(
        received[at], sent[at], known[at], lost[at], tenths[at] == NO_TENTHS ? -1 : tenths[at]);
  }

  /** Takes the place of what is known of a part; what is too old for it by then is forgotten. */
  void put(long part, Point point) {
    forward(part);
    if (!isHeld(part)) {
      return;
    }
    int at = at(part);
    received[at] = (int) Math.min(Integer.MAX_VALUE, point.received());
    sent[at] = (int) Math.min(Integer.MAX_VALUE, point.sent());
    known[at] = (byte) point.knownPercent();
    lost[at] = (byte) point.lostPercent();
    tenths[at] = point.tenths() < 0 ? NO_TENTHS : (char) Math.min(MOST_TENTHS, point.tenths());
  }

  private void forward(long part) {
    if (part <= newest) {
      return;
    }
    for (long each = Math.max(newest + 1, part - by.parts() + 1); each <= part; each++) {
      known[at(each)] = 0;
    }
    newest = part;
  }

  /** Forgets what would be of a time that has not come yet. */
  void dropAfter(long part) {
    if (newest - part >= by.parts()) {
      Arrays.fill(known, (byte) 0);
    }
    for (long each = Math.max(part + 1, newest - by.parts() + 1); each <= newest; each++) {
      known[at(each)] = 0;
    }
    newest = Math.min(newest, part);
  }

  void write(ByteBuffer to) {
    to.putLong(newest);
    for (int i = 0; i < by.parts(); i++) {
      boolean is = known[i] != 0;
      // What is not known is zeros, which take next to nothing of the file.
      to.putInt(is ? received[i] : 0).putInt(is ? sent[i] : 0).put(known[i]);
      to.put(is ? lost[i] : 0).putChar(is ? tenths[i] : 0);
    }
  }

  /** What {@link #write} wrote. */
  static Parts read(By by, ByteBuffer from) {
    Parts parts = new Parts(by, from.getLong());
    for (int i = 0; i < by.parts(); i++) {
      parts.received[i] = Math.max(0, from.getInt());
      parts.sent[i] = Math.max(0, from.getInt());
      parts.known[i] = (byte) Math.clamp(from.get(), 0, 100);
      parts.lost[i] = (byte) Math.clamp(from.get(), NONE, 100);
      parts.tenths[i] = from.getChar();
    }
    return parts;
  }
}
