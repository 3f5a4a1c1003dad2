package dev.noren.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A disk for the router's document from which the power can be taken at any moment. */
public final class CutDisk {
  private final RecordingDisk disk = new RecordingDisk();

  /** The store on it, as a process that has just started sees it. */
  public ConfigStore store() {
    return new ConfigStore(disk);
  }

  /** How many calls have changed the disk. */
  public int calls() {
    return disk.ops.size();
  }

  /** What may be in force after only so many calls were made and the power was cut then. */
  public List<RouterConfig> afterCut(int calls) throws IOException {
    List<RouterConfig> found = new ArrayList<>();
    RecordingDisk cut = RecordingDisk.replay(new RecordingDisk(), disk.ops.subList(0, calls));
    for (RecordingDisk left : cut.afterPowerCut()) {
      found.add(new ConfigStore(left).load().current().config());
    }
    return found;
  }
}
