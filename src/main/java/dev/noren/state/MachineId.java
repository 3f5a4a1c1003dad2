package dev.noren.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.tinylog.Logger;

/**
 * What tells this box from all others: made by chance at its first start and kept in the state
 * folder. Not /etc/machine-id, which is the same in all boxes that were flashed with one image.
 */
public final class MachineId {
  private static final String FILE = "machine-id";
  private static final int BYTES = 16;

  private MachineId() {}

  public static String of(Path state) {
    Path file = state.resolve(FILE);
    try {
      if (Files.exists(file)) {
        String kept = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (kept.matches("[0-9a-f]{32}")) {
          return kept;
        }
      }
      byte[] bytes = new byte[BYTES];
      new SecureRandom().nextBytes(bytes);
      String made = HexFormat.of().formatHex(bytes);
      StateFile.write(file, made + "\n");
      return made;
    } catch (IOException e) {
      Logger.error("{} can't be kept: {}.", file, e.getMessage());
      return FILE;
    }
  }
}
