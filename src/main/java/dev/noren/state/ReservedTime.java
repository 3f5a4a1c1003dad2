package dev.noren.state;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** The time up to which handshakes' timestamps are reserved, which a backup carries along. */
public interface ReservedTime {
  /** What is reserved, or null where nothing is. */
  Instant reserved() throws IOException;

  /** Lets no later timestamp be at or before this. */
  void startBeyond(Instant mark);

  /** That of a state folder in which nothing runs; to look makes nothing. */
  static ReservedTime in(Path stateFolder) {
    return new ReservedTime() {
      @Override
      public Instant reserved() throws IOException {
        return TimestampMark.reserved(stateFolder);
      }

      @Override
      public void startBeyond(Instant mark) {
        new TimestampMark(stateFolder, () -> 0).startBeyond(mark);
      }
    };
  }
}
