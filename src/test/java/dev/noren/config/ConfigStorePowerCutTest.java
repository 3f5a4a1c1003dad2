package dev.noren.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.RecordingDisk.Op;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** After a power cut at any moment there is the old document or the new one. */
class ConfigStorePowerCutTest {
  private static final Instant NOW = Instant.parse("2026-10-05T01:02:03Z");

  /** Calls that were made, and how many of them each save needed to return. */
  private record Recording(RecordingDisk start, List<Op> ops, List<Integer> saved) {
    int savedBefore(int calls) {
      return (int) saved.stream().filter(each -> each <= calls).count();
    }
  }

  private static RouterConfig config(int number) throws ConfigException {
    return RouterJson.read("x", Documents.changed("name = \"shop-" + number + "\""));
  }

  private static Recording record(RecordingDisk start, int before, int saves)
      throws IOException, ConfigException {
    RecordingDisk disk = RecordingDisk.replay(start, List.of());
    List<Integer> saved = new ArrayList<>();
    for (int i = 1; i <= saves; i++) {
      ConfigStore store = new ConfigStore(disk);
      store.save(config(before + i), ConfigStore.ANY, "test", "save", NOW);
      saved.add(disk.ops.size());
    }
    return new Recording(start, List.copyOf(disk.ops), saved);
  }

  /** The name in force; "noren" where none was saved. */
  private static String nameInForce(RecordingDisk disk) {
    try {
      return new ConfigStore(disk).load().current().config().name();
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  private static String name(int save) {
    return save == 0 ? "noren" : "shop-" + save;
  }

  /** Looks at each prefix and each loss; the first violation in words, or null. */
  private static String violation(Recording recording, int before) {
    for (int calls = 0; calls <= recording.ops().size(); calls++) {
      RecordingDisk disk =
          RecordingDisk.replay(recording.start(), recording.ops().subList(0, calls));
      int done = before + recording.savedBefore(calls);
      boolean between = calls > 0 && recording.saved().contains(calls);
      for (RecordingDisk left : disk.afterPowerCut()) {
        String found = nameInForce(left);
        boolean right = found.equals(name(done)) || (!between && found.equals(name(done + 1)));
        if (!right) {
          return "after "
              + recording.ops().subList(0, calls)
              + ": "
              + found
              + ", not "
              + name(done);
        }
      }
    }
    return null;
  }

  @Test
  void everyPrefixAndEveryLossLeavesTheOldOrTheNew() throws Exception {
    Recording recording = record(new RecordingDisk(), 0, ConfigStore.KEEP + 3);
    assertTrue(recording.ops().toString().contains("DELETE config-3.json"), "old ones go too");
    assertEquals(null, violation(recording, 0));
  }

  @Test
  void aSecondPowerCutAfterTheFirstChangesNothingOfThat() throws Exception {
    Recording first = record(new RecordingDisk(), 0, 2);
    int looked = 0;
    for (int calls = 0; calls <= first.ops().size(); calls++) {
      RecordingDisk disk = RecordingDisk.replay(first.start(), first.ops().subList(0, calls));
      for (RecordingDisk left : disk.afterPowerCut()) {
        String found = nameInForce(left);
        int inForce = found.equals("noren") ? 0 : Integer.parseInt(found.substring(5));
        assertEquals(null, violation(record(left, inForce, 1), inForce));
        looked++;
      }
    }
    assertTrue(looked > 30, "there were losses to look at: " + looked);
  }

  @Test
  void everySyncIsNeeded() throws Exception {
    Recording recording = record(new RecordingDisk(), 0, 3);
    int syncs = 0;
    for (int i = 0; i < recording.ops().size(); i++) {
      if (!recording.ops().get(i).kind().isSync()) {
        continue;
      }
      syncs++;
      List<Op> ops = new ArrayList<>(recording.ops());
      Op dropped = ops.remove(i);
      int at = i;
      List<Integer> saved = recording.saved().stream().map(n -> n > at ? n - 1 : n).toList();
      assertTrue(
          violation(new Recording(recording.start(), ops, saved), 0) != null,
          "call " + i + ", " + dropped + ", is for nothing");
    }
    assertEquals(7, syncs, "each save syncs the file and the folder, the first those above it too");
  }

  /** Were the model too kind, the tests above would prove nothing. */
  @Test
  void theModelLosesWhatWasNotSynced() throws Exception {
    RecordingDisk disk = new RecordingDisk(Map.of("a", new byte[] {1}));
    disk.write("b.new", new byte[] {1, 2, 3, 4});
    disk.rename("b.new", "b");
    disk.delete("a");
    List<String> found =
        disk.afterPowerCut().stream().map(left -> left.list().toString()).distinct().toList();
    assertEquals(List.of("[a]", "[a, b.new]", "[a, b]", "[b]"), found);
    List<Integer> lengths = new ArrayList<>();
    for (RecordingDisk left : disk.afterPowerCut()) {
      if (left.list().contains("b")) {
        lengths.add(left.read("b").length);
      }
    }
    assertEquals(List.of(0, 2, 3, 4), lengths.stream().distinct().sorted().toList());
    disk.sync("b");
    disk.syncFolder();
    assertEquals(1, disk.afterPowerCut().size());
  }
}
