package dev.noren.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@link ConfigStorePowerCutTest} takes for a sync is one: Java says which files it forced.
 */
class ConfigStoreSyncTest {
  @TempDir private Path folder;

  /** The files and folders that were synced while this ran, in order. */
  private List<String> synced(Path state) throws Exception {
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileForce").withThreshold(Duration.ZERO).withoutStackTrace();
      recording.start();
      ConfigStore.in(state).save(RouterConfig.DEFAULT, ConfigStore.ANY, "x", "y", Instant.EPOCH);
      recording.stop();
      recording.dump(file);
    }
    return forced(file);
  }

  private static List<String> forced(Path file) throws IOException {
    List<RecordedEvent> events = new ArrayList<>(RecordingFile.readAllEvents(file));
    events.sort(Comparator.comparing(RecordedEvent::getStartTime));
    Files.delete(file);
    return events.stream().map(event -> event.getString("path")).toList();
  }

  @Test
  void aSaveSyncsTheFileAndTheFolderAndTheFirstThoseAbove() throws Exception {
    Path state = folder.resolve("state");
    Path config = state.resolve("config");
    List<String> wanted = new ArrayList<>(List.of(config.resolve("config-1.json.new").toString()));
    for (Path each = state; each != null; each = each.getParent()) {
      wanted.add(each.toString());
    }
    wanted.add(config.toString());
    assertEquals(wanted, synced(state));
    assertEquals(
        List.of(config.resolve("config-2.json.new").toString(), config.toString()), synced(state));
  }
}
