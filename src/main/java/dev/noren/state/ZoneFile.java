package dev.noren.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.TimeZone;
import org.tinylog.Logger;

/** In which time zone this box shows times, where somebody has said so. */
public final class ZoneFile {
  /** The file in the state folder: the zone's name, as in Asia/Tokyo. */
  static final String FILE = "time-zone";

  private final Path file;

  /** Of this state folder. */
  public ZoneFile(Path state) {
    file = state.resolve(FILE);
  }

  /** The zone that is kept, or null for the machine's own. */
  public ZoneId read() {
    try {
      return ZoneId.of(Files.readString(file, US_ASCII).strip());
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException | DateTimeException e) {
      Logger.warn("{} is no time zone: times are shown in the machine's own.", file);
      return null;
    }
  }

  /** Uses what is kept for all times that this program shows. */
  public void apply() {
    ZoneId zone = read();
    if (zone != null) {
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
    }
  }

  /** Keeps a zone, and uses it at once. */
  public void keep(ZoneId zone) throws IOException {
    StateFile.write(file, zone.getId() + "\n");
    apply();
  }
}
