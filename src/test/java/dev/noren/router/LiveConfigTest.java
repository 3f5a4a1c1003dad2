package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.Backup;
import dev.noren.config.ConfigException;
import dev.noren.config.ConfigStore;
import dev.noren.config.CutDisk;
import dev.noren.config.Documents;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterEdit;
import dev.noren.config.RouterJson;
import dev.noren.config.StoredConfig;
import dev.noren.control.ConfigDesk.Outcome;
import dev.noren.control.Confirmation;
import dev.noren.state.ReservedTime;
import dev.noren.text.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change that could cut its author off is tried, and stays only where it is confirmed. */
class LiveConfigTest {
  private static final Instant NOW = Instant.parse("2026-10-05T08:00:00Z");

  private final CutDisk disk = new CutDisk();
  private final List<Integer> followed = new ArrayList<>();
  private final List<String> happened = new ArrayList<>();
  private IOException refusal;
  private Meanwhile duringFollow;
  private final ReservedTime time = ReservedTime.in(Path.of("/nowhere"));
  private long nowNs = 1_000;
  private Instant now = NOW;
  private LiveConfig live;

  private int settled;
  private final LiveConfig.Follower follower =
      new LiveConfig.Follower() {
        @Override
        public void follow(StoredConfig config) throws IOException {
          if (refusal != null) {
            throw refusal;
          }
          followed.add(minutes(config.config()));
          if (duringFollow != null) {
            meanwhile();
          }
        }

        @Override
        public void settled() {
          settled++;
        }

        @Override
        public void happened(String who, String what) {
          happened.add(who + ": " + what);
        }
      };

  /** What happens to the disk and to the router while it carries a change out. */
  private interface Meanwhile {
    void happens() throws IOException, ConfigException;
  }

  @BeforeEach
  void start() throws IOException, ConfigException {
    disk.store()
        .save(RouterJson.read("x", Documents.FULL), ConfigStore.ANY, "test", "all", Instant.EPOCH);
    restart();
  }

  private void meanwhile() throws IOException {
    try {
      duringFollow.happens();
    } catch (ConfigException e) {
      throw new IOException(e);
    }
  }

  private void restart() throws IOException {
    ConfigStore store = disk.store();
    live = new LiveConfig(store, store.load().current(), time, () -> now, () -> nowNs, follower);
  }

  private static int minutes(RouterConfig config) {
    return config.lan().dhcp().leaseMinutes();
  }

  private Outcome lease(int minutes) throws IOException, ConfigException {
    return live.set("lan.dhcp.leaseMinutes", Integer.toString(minutes), "akira");
  }

  private int saved() throws IOException {
    return minutes(disk.store().load().current().config());
  }

  @Test
  void aConfirmedChangeStays() throws Exception {
    Outcome tried = lease(61);
    assertEquals(2, tried.number());
    assertEquals("lan.dhcp.leaseMinutes", tried.change());
    assertEquals(90, tried.pending().secondsLeft());
    assertEquals(NOW.plusSeconds(90), tried.pending().deadline());
    assertEquals(61, minutes(live.inForce().config()));
    assertEquals(60, saved());
    nowNs += Confirmation.PATIENCE_NS - 1;
    assertFalse(live.undoIfDue());
    assertEquals(
        new Outcome(2, "lan.dhcp.leaseMinutes", true, List.of(), null), live.confirm("akira"));
    nowNs += 1;
    assertFalse(live.undoIfDue());
    assertEquals(61, saved());
    assertEquals(List.of(61), followed);
    assertNull(live.pending());
    assertEquals(
        List.of(
            "akira: tries, until it is confirmed: lan.dhcp.leaseMinutes",
            "akira: confirmed as number 2: lan.dhcp.leaseMinutes"),
        happened);
  }

  @Test
  void ofTwoWhoChangeTheSameDocumentOneIsTold() throws Exception {
    StoredConfig seen = live.load().current();
    RouterConfig mine = RouterEdit.set(seen.config(), "log.keepDays", "7");
    RouterConfig yours = RouterEdit.set(seen.config(), "log.syslog", "null");
    assertEquals(2, live.edit(seen.number(), mine, "akira").number());
    IOException e = assertThrows(IOException.class, () -> live.edit(seen.number(), yours, "haru"));
    assertEquals(
        "the configuration was changed meanwhile (number 2, by akira): look at it and try again",
        e.getMessage());
    assertEquals(mine, live.inForce().config());
    RouterConfig both = RouterEdit.set(mine, "log.syslog", "null");
    assertEquals("log.syslog", live.edit(2, both, "haru").change());
  }

  /** Until then the older one may come back, and what it needs must be there. */
  @Test
  void onlyWhatIsThereToStayIsSettled() throws Exception {
    lease(61);
    assertEquals(0, settled);
    live.confirm("akira");
    assertEquals(1, settled);
    lease(62);
    assertEquals(1, settled);
    nowNs += Confirmation.PATIENCE_NS;
    live.undoIfDue();
    assertEquals(2, settled);
    live.set("name", "another", "akira");
    assertEquals(3, settled);
  }

  /** Also where nobody looks in between. */
  @Test
  void itIsKnownSinceWhenADocumentIsInForce() throws Exception {
    assertEquals(NOW, live.appliedAt());
    now = NOW.plusSeconds(10);
    lease(61);
    assertEquals(NOW.plusSeconds(10), live.appliedAt());
    now = NOW.plusSeconds(20);
    live.confirm("akira");
    assertEquals(NOW.plusSeconds(10), live.appliedAt(), "it was followed before");
    lease(62);
    nowNs += Confirmation.PATIENCE_NS;
    now = NOW.plusSeconds(110);
    assertTrue(live.undoIfDue());
    assertEquals(now, live.appliedAt());
    now = NOW.plusSeconds(120);
    refusal = new IOException("no");
    assertThrows(IOException.class, () -> lease(63));
    assertEquals(NOW.plusSeconds(110), live.appliedAt(), "what is refused is not in force");
    refusal = null;
    live.set("name", "corner", "akira");
    assertEquals(now, live.appliedAt());
  }

  @Test
  void anotherMayConfirmAndTheHistorySaysWho() throws Exception {
    lease(61);
    live.confirm("haru");
    StoredConfig stored = disk.store().load().current();
    assertEquals("akira", stored.author());
    assertEquals("lan.dhcp.leaseMinutes, confirmed by haru", stored.change());
  }

  @Test
  void whatNobodyConfirmsIsUndone() throws Exception {
    lease(61);
    nowNs += Confirmation.PATIENCE_NS;
    IOException late = assertThrows(IOException.class, () -> live.confirm("akira"));
    assertTrue(late.getMessage().startsWith("it is too late"), late.getMessage());
    assertTrue(live.undoIfDue());
    assertFalse(live.undoIfDue());
    assertEquals(List.of(61, 60), followed);
    assertEquals(60, minutes(live.inForce().config()));
    assertEquals(60, saved());
    assertThrows(IOException.class, () -> live.confirm("akira"));
    assertEquals(
        "-: undone, as nobody confirmed it for 90 s: lan.dhcp.leaseMinutes", happened.getLast());
  }

  @Test
  void whatCouldNotBeUndoneIsTriedAgain() throws Exception {
    lease(61);
    nowNs += Confirmation.PATIENCE_NS;
    refusal = new IOException("nft failed");
    assertThrows(IOException.class, () -> live.undoIfDue());
    refusal = null;
    assertTrue(live.undoIfDue());
    assertEquals(List.of(61, 60), followed);
  }

  /** What the router follows and what the desk says must be one, whatever fails. */
  @Test
  void whatCouldNeitherBeSavedNorUndoneIsInForceUntilItIsUndone() throws Exception {
    StoredConfig before = disk.store().load().current();
    duringFollow =
        () -> {
          disk.store().save(before.config(), 1, "haru", "beside", NOW);
          refusal = new IOException("nft failed");
        };
    Exception e = assertThrows(Exception.class, () -> live.set("name", "shop-2", "akira"));
    duringFollow = null;
    assertTrue(e.getMessage().contains("was changed meanwhile"), e.getMessage());
    assertEquals("shop-2", live.inForce().config().name(), "the router could not go back");
    assertThrows(IOException.class, () -> live.undoIfDue());
    assertEquals("shop-2", live.inForce().config().name());
    IOException late = assertThrows(IOException.class, () -> live.confirm("akira"));
    assertTrue(late.getMessage().startsWith("it is too late"), late.getMessage());
    IOException waits = assertThrows(IOException.class, () -> lease(62));
    assertTrue(waits.getMessage().contains("could neither be saved"), waits.getMessage());
    refusal = null;
    assertTrue(live.undoIfDue());
    assertEquals("shop-1", live.inForce().config().name());
    assertEquals(List.of(60, 60), followed);
    assertTrue(
        happened.getLast().startsWith("-: undone, as it could not be saved ("), happened::getLast);
    assertFalse(live.undoIfDue());
  }

  @Test
  void aRestartEndsTheTrial() throws Exception {
    lease(61);
    restart();
    assertEquals(60, minutes(live.inForce().config()));
    assertNull(live.pending());
    assertThrows(IOException.class, () -> live.confirm("akira"));
  }

  @Test
  void nothingElseIsChangedWhileOneWaits() throws Exception {
    lease(61);
    IOException waits = assertThrows(IOException.class, () -> lease(62));
    assertEquals(
        "a change by akira is being tried (how long an address is given for, minutes): keep or"
            + " undo that change first; it is undone by itself in 90 s; until then nothing else is"
            + " changed",
        waits.getMessage());
    assertThrows(IOException.class, () -> live.set("name", "shop-9", "akira"));
    assertEquals(List.of(61), followed);
    assertEquals(1, live.load().notices().size());
    assertEquals(60, minutes(live.load().current().config()));
    assertEquals(61, minutes(live.load().followed().config()), "what runs is told too");
  }

  @Test
  void goingBackToWhatIsSavedUndoesATrialAtOnce() throws Exception {
    lease(61);
    Outcome undone = live.rollback(1, "haru");
    assertFalse(undone.isNew());
    assertEquals(List.of("What was being tried is undone"), Said.english(undone.remarks()));
    assertEquals(List.of(61, 60), followed);
    assertEquals(1, disk.store().history().size());
    lease(62);
    live.confirm("akira");
    assertEquals(62, saved());
    assertEquals("rollback to 1: lan.dhcp.leaseMinutes", live.rollback(1, "akira").change());
  }

  @Test
  void aHarmlessChangeIsSavedAtOnce() throws Exception {
    Outcome outcome = live.set("name", "shop-2", "akira");
    assertNull(outcome.pending());
    assertEquals("shop-2", disk.store().load().current().config().name());
    assertEquals(List.of("akira: saved as number 2: name"), happened);
    assertFalse(live.set("name", "shop-2", "akira").isNew());
    assertEquals(List.of(60), followed);
  }

  @Test
  void whatCanNotBeCarriedOutIsNeitherTriedNorSaved() throws Exception {
    refusal = new IOException("nft failed");
    assertThrows(IOException.class, () -> lease(61));
    assertThrows(IOException.class, () -> live.set("name", "shop-2", "akira"));
    assertNull(live.pending());
    assertEquals(1, disk.store().history().size());
    assertEquals(List.of(), happened);
  }

  @Test
  void whatWasSavedBesideUsIsNotOverwritten() throws Exception {
    lease(61);
    StoredConfig before = disk.store().load().current();
    disk.store().save(before.config(), 1, "haru", "beside", NOW);
    IOException e = assertThrows(IOException.class, () -> live.confirm("akira"));
    assertTrue(e.getMessage().contains("was changed meanwhile"), e.getMessage());
    nowNs += Confirmation.PATIENCE_NS;
    assertTrue(live.undoIfDue());
  }

  /** Whatever is lost: the old document, or the new one once its confirmation began. */
  @Test
  void aPowerCutAtAnyMomentLeavesTheOldOrWhatWasConfirmed() throws Exception {
    int start = disk.calls();
    lease(61);
    int tried = disk.calls();
    live.confirm("akira");
    int confirmed = disk.calls();
    lease(62);
    nowNs += Confirmation.PATIENCE_NS;
    live.undoIfDue();
    lease(63);
    restart();
    assertTrue(confirmed > tried, "confirming is what saves");
    for (int calls = start; calls <= disk.calls(); calls++) {
      for (RouterConfig left : disk.afterCut(calls)) {
        int found = minutes(left);
        boolean old = calls < confirmed && found == 60;
        boolean ours = calls > tried && found == 61;
        assertTrue(old || ours, "after " + calls + " calls: " + found);
      }
    }
  }

  /** Nobody has claimed the box while its first configuration is being tried. */
  @Test
  void theFirstConfigurationIsTriedToo() throws Exception {
    CutDisk empty = new CutDisk();
    ConfigStore store = empty.store();
    live = new LiveConfig(store, store.load().current(), time, () -> now, () -> nowNs, follower);
    Outcome tried = live.replace(Backup.read("x", Documents.FULL), "x", "akira");
    assertEquals(1, tried.number());
    assertFalse(live.inForce().isUnclaimed());
    assertEquals(0, empty.calls());
    nowNs += Confirmation.PATIENCE_NS;
    live.undoIfDue();
    assertTrue(live.inForce().isUnclaimed());
  }
}
